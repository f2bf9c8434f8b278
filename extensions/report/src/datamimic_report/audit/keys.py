"""Which column identifies the records of an output: the declared one, else the first that looks like an identifier and hardly
ever comes twice; and what identifies the statements of a document that holds several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic_report.audit.leaves import Leaf, Output
from datamimic_report.audit.traits import is_trait

_NEARLY: Final = 0.9
"""The share of a key's values that are different at least: the others are duplicates."""
_MANY: Final = 10
"""Elements that a document holds where these, and not the document, are what is sent."""
_SHOWN: Final = 5
_NUMBER: Final = r"^.*[^0-9](?P<number>[0-9]{6,})$"
"""The digits at the end of an identifier, which messages may name it by: `ENC-US-5335441882`."""


@frozen(eq=False)
class Key:
    """A column by which records are told apart."""

    output: Output
    leaf: Leaf
    declared: bool
    records: int
    """How many there are that it tells apart."""

    def report(self) -> dict[str, Any]:
        counts = self.leaf.values.value_counts()
        repeated = counts.filter(pc.greater(pc.struct_field(counts, "counts"), pa.scalar(1)))
        return {
            "output": self.output.name,
            "column": self.leaf.path,
            "declared": self.declared,
            "records": self.records,
            "distinct": len(self.leaf.distinct),
            "duplicated": pc.sum(pc.struct_field(repeated, "counts")).as_py() or 0,
            "examples": pc.struct_field(repeated, "values")[:_SHOWN].to_pylist(),
        }


def keys_of(output: Output) -> list[Key]:
    """The key of the records, and other columns that identify them without exception."""
    primary = output.declared.get("primary_key")
    found = []
    if isinstance(primary, str) and primary in output.leaves:
        found.append(Key(output, output.leaves[primary], True, output.records))
    for leaf in output:
        if found and (leaf is found[0].leaf or is_trait(leaf)):
            continue
        if not leaf.is_single or len(leaf.values) < max(2, _NEARLY * output.records) or not leaf.is_like_an_id:
            continue
        share = len(leaf.distinct) / len(leaf.values)
        if share == 1 or (not found and share >= _NEARLY):
            found.append(Key(output, leaf, False, output.records))
    return found


def keys_of_parts(output: Output) -> list[Key]:
    """What tells apart the elements of which documents of XML hold many, as files of a bank's notices do: the first column of
    theirs that looks like an identifier and hardly ever comes twice."""
    found: dict[str, Key] = {}
    for leaf in output if output.kind == "xml" else ():
        around = next(iter(leaf.groups), "")
        if not around or around in found or leaf.path.rpartition("/")[0] != around or not leaf.is_like_an_id:
            continue
        parts = len(np.unique(leaf.groups[around]))
        if parts == len(leaf.values) >= _MANY * output.records and len(leaf.distinct) >= _NEARLY * parts:
            found[around] = Key(output, leaf, False, parts)
    return [*found.values()]


def by_numbers(keys: Iterable[Key]) -> list[Key]:
    """The keys of tables by the digits that their values end with, where these tell the records apart too."""
    found = []
    for key in keys:
        if key.output.kind != "table":
            continue
        digits = pc.struct_field(pc.extract_regex(key.leaf.values, _NUMBER), "number")
        if not digits.null_count and len(digits.unique()) == len(key.leaf.distinct):
            found.append(Key(key.output, Leaf(key.leaf.path, digits, key.leaf.owners), False, key.records))
    return found
