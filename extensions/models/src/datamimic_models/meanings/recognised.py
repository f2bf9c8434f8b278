"""What columns were taken for, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from attrs import frozen


@frozen
class Subject:
    """Columns of one subject in one table are fields of one row of `entity` (`common.person`). `group` tells several of one
    table apart: `billing`; empty where there is one, or for the one that the table is about."""

    entity: str
    group: str = ""

    def __str__(self) -> str:
        return f"{self.entity} ({self.group})" if self.group else self.entity


@frozen
class Recognition:
    """A column is the `field` (`address.city`) of the row of its `subject`, because of the `evidence`, in words, the strongest
    first. `score` is from 0 to 1."""

    column: str
    meaning: str
    subject: Subject
    field: str
    score: float
    evidence: tuple[str, ...]

    @property
    def group(self) -> str:
        return self.subject.group

    def to_dict(self) -> dict[str, Any]:
        said = attrs.asdict(self)
        return said | {"evidence": list(self.evidence), "score": round(self.score, 3)}


@frozen
class Recognised:
    """Of the columns of `table`, those that mean something; `others` says of the rest why not."""

    table: str
    columns: Mapping[str, Recognition]
    others: Mapping[str, str]
    about: tuple[str, ...] = ()
    """The subjects that the table is about, by its name or its columns."""

    @property
    def subjects(self) -> Mapping[Subject, tuple[Recognition, ...]]:
        """Subject -> its columns, in the order of the table."""
        found: dict[Subject, list[Recognition]] = {}
        for each in self.columns.values():
            found.setdefault(each.subject, []).append(each)
        return {subject: tuple(columns) for subject, columns in found.items()}
