"""What the pages share. Streamlit lives in controls, editor, navigation and player only."""
