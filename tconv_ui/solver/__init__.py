"""The Solver page."""
