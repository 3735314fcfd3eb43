"""The Home page: the map of the lab."""
