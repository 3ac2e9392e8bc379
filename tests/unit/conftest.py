"""Settings of all unit tests."""

from hypothesis import settings

# No test asserts times: the first example of a property imports whole dialects.
settings.register_profile("unit", deadline=None)
settings.load_profile("unit")
