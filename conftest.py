"""Settings of all tests: an example may take as long as a busy machine makes it take, and is the same in every run.

`pytest --hypothesis-profile=search` looks for examples that nobody has tried yet. Interrupts are obeyed, also where tests were
started in the background of a shell, which has them ignored by all that it starts.
"""

import gc
import signal
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["oracles"]

settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("datamimic", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("datamimic")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


OF_CODE = {
    "test_a_snapshot_and_what_changed_are_the_later_snapshot",
    "test_checks_hold_whenever_one_looks",
    "test_rows_are_the_same_however_they_are_asked_for",
    "test_what_is_referred_to_is_there",
}
"""Tests of the contract that make the rows of an entity many times, and fail by its code: countries differ by tables."""
DEAR = {
    "test_no_check_is_violated_in_many_rows",
    "test_no_row_breaks_a_rule",
    "test_no_row_violates_a_check",
    "test_no_violation",
    "test_what_is_claimed_is_kept",
}
"""Tests of thousands of rows of an entity in a country; the contract checks some of every one."""
OTHER_NAMES = {"insurance.policy"}
"""Entities that are others by another name: what they are is tested once, that their values are the same by golden files."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They are tried in two countries of each entity, every country with some, and in all by `tox -e thorough`."""
    of: dict[tuple[str, str], list[tuple[str, pytest.Item]]] = {}
    for item in items:
        made = getattr(item, "callspec", None)
        name = getattr(item, "originalname", "")
        asked = {} if made is None else made.params
        entity = str(asked.get("entity_name", asked.get("entity")))
        country = asked.get("country", asked.get("locale"))
        if name in OF_CODE | DEAR and country is not None:
            of.setdefault((name, entity), []).append((country, item))
        if entity in OTHER_NAMES and name != "test_values_are_those_of_the_golden_file":
            item.add_marker("thorough")
    for (_, entity), found in of.items():
        first = zlib.crc32(entity.encode())
        tried = {(first + step) % len(found) for step in (0, len(found) // 2)}
        for place, (_, item) in enumerate(sorted(found, key=lambda each: each[0])):
            if place not in tried:
                item.add_marker("thorough")


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
