"""Settings of all tests."""

from hypothesis import settings

# Timing is no matter of these tests, and the first example often loads a model.
settings.register_profile("planqa", deadline=None)
settings.load_profile("planqa")
