"""Settings of all tests: an example may take as long as a busy machine makes it take, and is the same in every run.

`pytest --hypothesis-profile=search` looks for examples that nobody has tried yet.
"""

from hypothesis import HealthCheck, settings

pytest_plugins = ["oracles"]

settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("datamimic", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("datamimic")
