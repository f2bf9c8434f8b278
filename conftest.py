"""Settings of all tests: an example may take as long as a busy machine makes it take."""

from hypothesis import settings

settings.register_profile("datamimic", deadline=None)
settings.load_profile("datamimic")
