"""The packs' own matrices, run whole: what must hang together does, and what is known to be missing is missing still."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from datamimic import installed_packs
from datamimic_report import run_matrix
from datamimic_report.dependencies.declared import matrices_of

PEOPLE = ("common", "healthcare", "public_sector")
MONEY = ("finance", "insurance", "ecommerce")


@cache
def findings(pack: str) -> tuple[dict[str, Any], ...]:
    if pack not in {record.name for record in installed_packs().packs()}:
        pytest.skip(f"needs the pack {pack}")
    return tuple(run_matrix(pack))


def told(found: dict[str, Any]) -> str:
    """A line that says where, what and by how much."""
    what = f"{found.get('of', found.get('rule'))} {found.get('detail', '')}"
    measured = found.get("found", (found.get("first"), found.get("last")))
    expected = found.get("expected", found.get("most"))
    return f"{found['country']} {found['entity']} {found['part']}: {what}: {measured}, expected {expected}"


@pytest.mark.parametrize("pack", [*PEOPLE, *MONEY])
def test_what_is_declared_is_so(pack: str) -> None:
    failed = [told(each) for each in findings(pack) if each["state"] == "fails"]
    assert failed == [], "these must hold; what cannot be mended today is declared with falls_short"


@pytest.mark.parametrize("pack", [*PEOPLE, *MONEY])
def test_known_gaps_are_gaps_still(pack: str) -> None:
    mended = [f"{told(each)} ({each['falls_short']})" for each in findings(pack) if each["state"] == "mended"]
    assert mended == [], "these are mended: remove their falls_short"


@pytest.mark.parametrize("pack", [*PEOPLE, *MONEY])
def test_rows_are_enough_to_judge_every_pair(pack: str) -> None:
    few = [told(each) for each in findings(pack) if each["part"] == "pairs" and not each["enough"]]
    assert few == [], "more rows, or a larger least effect"


@pytest.mark.parametrize("packs", [PEOPLE, MONEY])
def test_the_matrix_is_wide(packs: tuple[str, ...]) -> None:
    found = [each for pack in packs for matrix in matrices_of(installed_packs(), pack) for each in matrix.pairs]
    assert len(found) >= 120
    kinds = Counter(each.kind for each in found)
    assert kinds["independent"] >= 20 and sum(bool(each.given) for each in found) >= 10
