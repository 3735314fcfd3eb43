"""Ratios, never absolute promises: both sides of each are measured in one run."""
