"""Floors of dependencies, and licences: what `tox -e lowest` and `tox -e sbom` rest on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

CI = Path(__file__).parents[1] / ".ci"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Function: the module of a script in .ci."""
    monkeypatch.syspath_prepend(str(CI))
    for name in ("lock", "sbom"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return __import__


def test_every_lowest_version_that_a_distribution_allows_is_the_one_tried(scripts: Any) -> None:
    lock = scripts("lock")
    tried = lock.pins("lowest")
    missed = []
    for text in lock.required(lock.Lock(runtime=True, extras=True)):
        requirement = Requirement(text)
        [floor] = [each.version for each in requirement.specifier if each.operator == ">="]
        low, used = Version(floor).release, Version(tried[lock.name_of(text)]).release
        if used[: len(low)] != low:
            missed.append(f"{text}, tried with {tried[lock.name_of(text)]}")
    assert missed == [], "raise the floor to what can be installed beside the others"


def test_a_lock_file_says_from_what_it_was_made(scripts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = scripts("lock")
    assert lock.main(["--check"]) == 0
    monkeypatch.setitem(lock.LOCKS, "lint", lock.Lock(("lint", "site")))
    assert lock.main(["--check"]) == 1


@pytest.mark.parametrize(
    ("package", "licence", "holds"),
    [
        ("any", "MIT", True),
        ("any", "BSL-1.0", True),
        ("any", "GPL-2.0 OR MIT", True),
        ("any", "GPL-3.0-only", False),
        ("any", "GNU General Public License v3 (GPLv3)", False),
        ("any", "AGPL-3.0", False),
        ("any", "GNU Affero General Public License v3", False),
        ("any", "BUSL-1.1", False),
        ("any", "UNKNOWN", False),
        ("any", "LGPL-3.0-only", False),
        ("numpy", "LGPL-3.0-only", False),
        ("python-stdnum", "GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("psycopg-binary", "LGPL-3.0-only", True),
    ],
)
def test_licences_are_judged(scripts: Any, package: str, licence: str, holds: bool) -> None:
    assert (scripts("sbom").judge({package: licence}) == []) is holds
