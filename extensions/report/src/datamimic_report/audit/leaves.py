"""The values of one output: of every path where values stand, the texts, and which record each is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field
from numpy.typing import NDArray

Ints = NDArray[np.int64]
UNIT: Final = 10_000
"""Numbers are compared as so many parts of one."""
_NUMBER: Final = r"^[+-]?\d{1,14}(?:[.,]\d*)?$"
_DAY: Final = r"^(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:$|[T ]?\d{2}:?\d{2}.*$)"
DEBITS: Final = frozenset({"DBIT", "D", "RC", "debit", "Debit", "DEBIT"})
CREDITS: Final = frozenset({"CRDT", "C", "RD", "credit", "Credit", "CREDIT"})
_LONGEST_DAY: Final = len("2025-01-31T09:30:00.000000+00:00")
_SHAPES: Final = re.compile(r"[\d.,:T+Z/ -]*")


@define(eq=False)
class Leaf:
    """The values at one path: `owners` are the numbers of the records that they are of, `groups` of every path around, such as
    that of an entry, which of its elements each value stands in."""

    path: str
    values: pa.Array
    owners: Ints
    groups: Mapping[str, Ints] = field(factory=dict)

    @property
    def last(self) -> str:
        """The last part of the path."""
        return self.path.replace("/", ".").rpartition(".")[2]

    @cached_property
    def distinct(self) -> pa.Array:
        return self.values.unique()

    @cached_property
    def is_single(self) -> bool:
        """Has a record one value at most?"""
        return len(np.unique(self.owners)) == len(self.owners)

    @cached_property
    def numbers(self) -> Ints | None:
        """The values in ten-thousandths; None where they are no numbers."""
        if not len(self.values) or not pc.all(pc.match_substring_regex(self.values, _NUMBER)).as_py():
            return None
        points = pc.replace_substring(self.values, ",", ".")
        return np.rint(points.cast(pa.float64()).to_numpy(zero_copy_only=False) * UNIT).astype(np.int64)

    @cached_property
    def days(self) -> Ints | None:
        """The values as days, 20250131; None where they are no days or moments."""
        sample = self.distinct
        if not len(sample) or not pc.all(pc.match_substring_regex(sample, _DAY)).as_py():
            return None
        digits = pc.utf8_slice_codeunits(pc.replace_substring(self.values, "-", ""), 0, 8)
        return digits.cast(pa.int64()).to_numpy(zero_copy_only=False)

    @cached_property
    def has_times(self) -> bool:
        """Are they moments rather than days?"""
        return any(len(text) > 10 or (len(text) > 8 and text.isdigit()) for text in self.distinct[:50].to_pylist())

    @cached_property
    def amounts(self) -> Ints | None:
        """The numbers that can be summed: no days, and no identifiers."""
        return None if self.days is not None or self.is_like_an_id else self.numbers

    @cached_property
    def is_mark(self) -> bool:
        """Do its values say whether what stands beside them is taken away or added?"""
        return set(self.distinct[:8].to_pylist()) <= DEBITS | CREDITS

    @cached_property
    def is_like_an_id(self) -> bool:
        """Do its values look like identifiers: five signs and more, with digits, no days or moments, no decimals?"""
        sample = self.distinct[:200].to_pylist()
        if self.days is not None and max(map(len, sample)) <= _LONGEST_DAY:
            return False
        fit = [
            each
            for each in sample
            if len(each) >= 5
            and any(sign.isdigit() for sign in each)
            and (each.isdigit() or not _SHAPES.fullmatch(each) or _is_grouped(each))
            and " " not in each.strip()
        ]
        return len(sample) > 1 and len(fit) >= 0.9 * len(sample)


def summed(values: Ints, groups: Ints, count: int) -> Ints:
    """The sums of values by their groups, of which there are `count`."""
    made = np.zeros(count, dtype=np.int64)
    np.add.at(made, groups, values)
    return made


def _is_grouped(text: str) -> bool:
    """Digits in groups, as in a phone or social security number, and no date."""
    return "-" in text and not re.fullmatch(r"\d{4}-\d\d-\d\d.*|-?\d+[.,]\d*", text)


@define(eq=False)
class Output:
    """One table, or the messages of one kind."""

    name: str
    kind: str
    """table, xml, json, edifact, x12, hl7, fin, iso8583, nacha or bacs"""
    stage: str = ""
    """Of what goes through stages: what is authorised may never be cleared, or as another amount"""
    files: list[str] = field(factory=list)
    records: int = 0
    leaves: dict[str, Leaf] = field(factory=dict)
    declared: dict[str, Any] = field(factory=dict)
    """What a schema or manifest beside it says: its `entity`, `primary_key` and `foreign_keys`; and the linkage report, of how
    many rows of which tables it lacks some, `incomplete`."""

    def __iter__(self) -> Iterator[Leaf]:
        return iter(self.leaves.values())

    def is_of_another_stage(self, other: Output) -> bool:
        """Are both of what goes through stages, and of different ones?"""
        return bool(self.stage and other.stage) and self.stage != other.stage


@define(eq=False)
class Collecting:
    """An output in the making, record by record."""

    output: Output
    _values: dict[str, list[str]] = field(factory=dict)
    _owners: dict[str, list[int]] = field(factory=dict)
    _groups: dict[str, dict[str, list[int]]] = field(factory=dict)
    _instances: dict[str, int] = field(factory=dict)

    def begin(self) -> int:
        """The number of a new record."""
        self.output.records += 1
        return self.output.records - 1

    def instance(self, path: str) -> int:
        """The number of a new element at a path."""
        self._instances[path] = self._instances.get(path, -1) + 1
        return self._instances[path]

    def add(self, path: str, text: str, owner: int, groups: Mapping[str, int] | None = None) -> None:
        """A value; `groups` says which elements it stands in."""
        if not text:
            return
        if path not in self._values:
            self._values[path], self._owners[path], self._groups[path] = [], [], {}
        self._values[path].append(text)
        self._owners[path].append(owner)
        for name, number in (groups or {}).items():
            self._groups[path].setdefault(name, []).append(number)

    def done(self) -> Output:
        """The output with its leaves. Elements that come once a record are no groups."""
        for path, values in self._values.items():
            owners = np.array(self._owners[path], dtype=np.int64)
            groups = {
                name: np.array(numbers, dtype=np.int64)
                for name, numbers in self._groups[path].items()
                if len(numbers) == len(values) and self._instances.get(name, 0) + 1 > self.output.records
            }
            self.output.leaves[path] = Leaf(path, pa.array(values, pa.string()), owners, groups)
        return self.output


Collector = Callable[[str], Collecting]
"""The output of a kind of message, by its name."""
