"""What was found in the columns of a table."""

from __future__ import annotations

from typing import Any

import attrs
from attrs import frozen

from datamimic_learning.finding.terms import Identifies

LEAST = 0.5
"""Probability from which a column counts as personal."""
IN_DOUBT = 0.3
"""Probability from which a column may be of people."""


@frozen(kw_only=True)
class PersonalColumn:
    """One column, or one leaf of a nested one, named `column.part`.

    `meaning` is a term of `dm list-meanings`, or one of this package (`device.ip_address`, `text.personal`, `technical.hash`);
    None where nothing speaks for any. `identifies` says how: `direct`, one value leads to a person; `quasi`, several do
    together; `sensitive`, what the law protects further; `none`. `probability` is that of the meaning. `evidence` says what
    speaks for it, without values; `samples` are values with most of their signs hidden. `country` is that of the form that
    values have, ISO 3166-1 alpha-2, or empty. `by_header` says whether the header speaks for the meaning.
    """

    column: str
    meaning: str | None
    identifies: Identifies
    probability: float
    evidence: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    country: str = ""
    by_header: bool = False

    @property
    def personal(self) -> bool:
        """Whether the column is to be taken for personal data."""
        return self.identifies != "none" and self.probability >= LEAST

    @property
    def in_doubt(self) -> bool:
        """Whether each value may lead to a person: the header says so, and the values do not say otherwise (`name`, of people
        or of things), or values are written as names of people are, and stand in no table."""
        return self.identifies == "direct" and IN_DOUBT <= self.probability < LEAST


@frozen(kw_only=True)
class PersonalData:
    """All columns of a table in its order, and `remarks` on what could not be looked at."""

    table: str
    columns: tuple[PersonalColumn, ...]
    remarks: tuple[str, ...] = ()

    @property
    def personal(self) -> tuple[PersonalColumn, ...]:
        """The columns that are to be taken for personal data."""
        return tuple(each for each in self.columns if each.personal)

    def __getitem__(self, column: str) -> PersonalColumn:
        """Raises `KeyError`."""
        for each in self.columns:
            if each.column == column:
                return each
        raise KeyError(column)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it; probabilities with three places."""
        return {
            "table": self.table,
            "columns": [
                attrs.asdict(each)
                | {
                    "probability": round(each.probability, 3),
                    "personal": each.personal,
                    "evidence": list(each.evidence),
                    "samples": list(each.samples),
                }
                for each in self.columns
            ],
            "remarks": list(self.remarks),
        }
