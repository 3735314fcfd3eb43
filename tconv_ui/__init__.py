"""What the pages share; tests/test_architecture.py names the modules that may use Streamlit."""
