"""What all tests share."""

from hypothesis import settings

# A slow machine is no failure: no example has a deadline.
settings.register_profile("lab", deadline=None)
settings.load_profile("lab")
