"""What the pages share. Streamlit lives in controls, editor, links, navigation and player only."""
