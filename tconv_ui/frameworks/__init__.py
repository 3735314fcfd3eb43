"""The Frameworks page."""
