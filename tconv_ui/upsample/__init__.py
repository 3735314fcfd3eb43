"""The page Upsample an image."""
