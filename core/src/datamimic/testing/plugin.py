"""The pytest plugin: fixtures for users of data, and the flag that writes golden digests.

`world` and `rows` take their seed, locale, clock and options from the marker, where there is one:

    @pytest.mark.datamimic(seed="returns", locale="de_DE")
    def test_returns(rows):
        for patient in rows("healthcare.patient", 50): ...
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from datamimic.world import Rows, World

SEED = "pytest"
"""The seed of the fixtures unless the marker gives another: a test sees the same data in every run."""

pytest.register_assert_rewrite("datamimic.testing.contract")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("datamimic")
    group.addoption(
        "--update-golden",
        action="store_true",
        help="Write the digests of golden.json anew instead of comparing them; refused where CI is set.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "datamimic(seed, locale, clock, sizes, options, given): the world of the fixtures `world` and `rows`"
    )
    if config.getoption("--update-golden") and os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise pytest.UsageError(
            "--update-golden is refused where CI is set: digests are updated by a person who looked at what moved"
        )
    if config.getoption("--update-golden") and config.getoption("numprocesses", None):
        raise pytest.UsageError(
            "--update-golden is refused in several processes, which would overwrite each other's digests: add -n 0"
        )


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """A world with a fixed seed; the marker `datamimic(...)` gives other arguments of `World`."""
    from datamimic.world import World

    marker = request.node.get_closest_marker("datamimic")
    arguments: dict[str, Any] = dict(marker.kwargs) if marker else {}
    return World(arguments.pop("seed", SEED), **arguments)


@pytest.fixture
def rows(world: World) -> Callable[..., Rows]:
    """`rows("healthcare.patient", 50, min_age=70)`: the first rows of an entity, to iterate over or `.to_arrow()`."""

    def first(entity: str | type, count: int = 10, **options: Any) -> Rows:
        found = world[entity]
        return (found.with_options(**options) if options else found)[0:count]

    return first
