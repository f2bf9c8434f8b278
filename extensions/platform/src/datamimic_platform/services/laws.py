"""What HIPAA, GDPR and PCI DSS say about a column, by what it means and how it is marked."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from datamimic_learning.finding.terms import identifies

_OWN = ("name", "source", "marks", "direct", "quasi")
_MARKED = "as the configuration marks it"


@frozen
class Law:
    """`provisions` are texts by meaning, `by_identity` texts by how a meaning identifies somebody."""

    key: str
    name: str
    source: str
    marks: tuple[str, ...]
    provisions: dict[str, str]
    by_identity: dict[str, str]

    def says(self, meaning: str | None, mark: str) -> str | None:
        """The provision that speaks of such a column, None where none does."""
        found = self.provisions.get(meaning or "") or self.by_identity.get(identifies(meaning or ""))
        return found or (_MARKED if mark.upper() in self.marks else None)


@cache
def laws() -> tuple[Law, ...]:
    said: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("laws.toml").read_text(encoding="utf-8"))
    return tuple(
        Law(
            key,
            each["name"],
            each["source"],
            tuple(each["marks"]),
            {meaning: text for text, meanings in each.items() if text not in _OWN for meaning in meanings.split()},
            {how: each[how] for how in ("direct", "quasi") if how in each},
        )
        for key, each in said.items()
    )
