"""What is done with every column of every table: a plan, that somebody has written, or had proposed and looked over."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from attrs import field, frozen

from datamimic_learning.masking.methods.canonical import Form
from datamimic_models.model import NOWHERE, Place

Otherwise = Literal["refuse", "keep", "redact", "null"]
Kept = Literal["sex", "age_band", "region"]
OTHERWISE: Final[tuple[Otherwise, ...]] = get_args(Otherwise)
KEPT: Final[tuple[Kept, ...]] = get_args(Kept)
LANGUAGE: Final = 1
"""Of this version of the language; a plan says `mask: 1`."""


def _frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(values))


@frozen
class ColumnPlan:
    """A method by its name, and its settings, all of them."""

    method: str
    settings: Mapping[str, Any] = field(converter=_frozen, factory=dict)
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    def __getitem__(self, setting: str) -> Any:
        return self.settings[setting]


@frozen
class SubjectPlan:
    """Columns that belong to one person, company or other thing, which another one, whole, takes the place of.

    `entity` is what a row of the world is (`common.person`); `columns` say which of its fields takes the place of which column.
    `key` are the columns by which one is told from another; the same in every table and system that has them under the same
    `domain`. `keep` says what the other one has in common with the original.
    """

    name: str
    entity: str
    key: tuple[str, ...]
    columns: Mapping[str, str] = field(converter=_frozen)
    domain: str
    keep: tuple[Kept, ...] = ()
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen
class TablePlan:
    """`where` is a condition, and `references` say of files which column is whose key (`customers.id`): for parts of tables."""

    name: str
    columns: Mapping[str, ColumnPlan] = field(converter=_frozen, factory=dict)
    subjects: tuple[SubjectPlan, ...] = ()
    where: str | None = None
    references: Mapping[str, str] = field(converter=_frozen, factory=dict)
    otherwise: Otherwise = "refuse"
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    @property
    def replaced(self) -> dict[str, SubjectPlan]:
        """The subjects by the columns that they replace."""
        return {column: subject for subject in self.subjects for column in subject.columns}


@frozen
class Plan:
    """`clock` (ISO 8601) is the moment at which replaced people have their ages; `normal` are the forms in which originals are
    compared, for subjects, digests and tokens; `otherwise` is what is done with columns that the plan does not name."""

    tables: Mapping[str, TablePlan] = field(converter=_frozen)
    locale: str = "en_US"
    clock: str | None = None
    normal: tuple[Form, ...] = ("trim", "case")
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    @property
    def reversible(self) -> list[tuple[str, str]]:
        """Tables and columns that can come back with the key."""
        return [
            (table.name, name)
            for table in self.tables.values()
            for name, each in table.columns.items()
            if each.method == "encrypt" and each["reversible"]
        ]
