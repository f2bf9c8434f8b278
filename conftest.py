"""Settings of all tests: an example may take as long as a busy machine makes it take, and is the same in every run.

`pytest --hypothesis-profile=search` looks for examples that nobody has tried yet. Interrupts are obeyed, also where tests were
started in the background of a shell, which has them ignored by all that it starts.
"""

import gc
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["oracles"]

settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("datamimic", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("datamimic")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Twelve thousand tests are no garbage: with them left out, worlds that are done with are looked for as often as they come.
    Where they stay among what is looked at, Python looks for garbage when there is a quarter more of it, gigabytes later."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def nothing_is_kept(request: pytest.FixtureRequest) -> Iterator[None]:
    """What tests of a file have made once, worlds and their rows, goes with the file: three processes run hundreds of files."""
    yield
    for each in vars(request.module).values():
        if getattr(each, "__module__", None) == request.module.__name__ and hasattr(each, "cache_clear"):
            each.cache_clear()
    gc.collect()
