"""The Field guide."""
