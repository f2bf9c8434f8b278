"""Tests in which other people's libraries judge: what one of them says otherwise than our tables is told as such.

A test marked `oracle("babel")` compares with that package. The locked versions agree, or differ where a documented fact says
why; every other difference fails. With `--oracle-report FILE`, as in `tox -e newest`, a difference fails nothing: package,
locked and tried version and what differs are listed at the end and written to FILE, for somebody to judge who is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

LOCK = Path(__file__).parents[2] / ".ci" / "locks" / "tests.txt"
MOST_LINES = 40
"""Of one difference in the report."""
TOLD = pytest.StashKey[list[tuple[str, str, str]]]()

Agree = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    help_ = "differences from oracles fail nothing and are written to this file"
    parser.addoption("--oracle-report", metavar="FILE", help=help_)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TOLD] = []
    config.pluginmanager.register(_Listener(config), "oracle-listener")


@pytest.fixture
def agree() -> Agree:
    """Function: what is compared, our values by key, the oracle's, and by key the facts for which it may differ."""
    return compare


def compare(
    what: str,
    ours: Mapping[Any, Hashable],
    oracle: Mapping[Any, Hashable],
    documented: Mapping[Any, str] | None = None,
) -> None:
    """Raises `AssertionError` that lists every difference that no documented fact explains."""
    differing = [
        f"  {key}: we {value!r}, the oracle {oracle.get(key)!r}"
        for key, value in ours.items()
        if oracle.get(key) != value and key not in (documented or {})
    ]
    if differing:
        raise AssertionError(f"{what}: {len(differing):,} of {len(ours):,} differ\n" + "\n".join(differing))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report: Any = yield
    packages = [package for mark in item.iter_markers("oracle") for package in mark.args]
    if packages and report.failed and call.excinfo and item.config.getoption("oracle_report"):
        lines = str(call.excinfo.value).splitlines() or [repr(call.excinfo.value)]
        said = "\n".join((*lines[:MOST_LINES], *(["  …"] if len(lines) > MOST_LINES else [])))
        report.user_properties.append(
            ("oracle", [", ".join(packages), item.nodeid, f"{call.excinfo.typename}: {said}"])
        )
        report.outcome, report.wasxfail = "skipped", f"{', '.join(packages)} differs: see the report of oracles"
    return report  # type: ignore[no-any-return]


class _Listener:
    """In the process that hears of every test, wherever it runs."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.config.stash[TOLD] += [tuple(said) for name, said in report.user_properties if name == "oracle"]  # type: ignore[misc]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        file = self.config.getoption("oracle_report")
        if file:
            text = "\n".join(_report(sorted(set(self.config.stash[TOLD]))))
            Path(file).write_text(text + "\n", encoding="utf-8")
            terminalreporter.section("oracles and tables")
            terminalreporter.write_line(text)


def _report(told: list[tuple[str, str, str]]) -> Iterator[str]:
    locked: dict[str, list[str]] = {}  # more than one where Pythons or systems have different ones
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE):
        locked.setdefault(name, []).append(version)
    newer = {name: now for name, then in locked.items() if (now := _installed(name)) and now not in then}
    yield f"{len(newer)} packages have other versions than the locked ones, {len(told)} tests of oracles differ."
    yield from (f"  {name} {' or '.join(locked[name])} -> {now}" for name, now in sorted(newer.items()))
    for packages, test, said in told:
        versions = (
            f"{name} {_installed(name)} (locked {' or '.join(locked.get(name, ['not']))})"
            for name in packages.split(", ")
        )
        yield f"\n{', '.join(versions)}\n{test}\n{said}"


def _installed(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
