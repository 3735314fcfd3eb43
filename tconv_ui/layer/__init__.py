"""A layer as the visitor asks for it, and what is said of it."""
