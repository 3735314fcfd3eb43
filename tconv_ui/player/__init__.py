"""Scenes, grids of numbers with steps that write to them, and the component that plays them."""
