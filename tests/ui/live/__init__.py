"""The live addresses."""
