"""Which columns name records of other outputs: as a schema declares, else by inclusion of their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic_report.audit.keys import Key
from datamimic_report.audit.leaves import Leaf, Output

_SAMPLE: Final = 64
_LEAST: Final = 0.5
"""The share of distinct values that is found at least where a link is not declared."""
_RULE: Final = 0.9
"""The share from which on a link to a table, which is not declared, is a rule, and what is not found an orphan."""
_RULE_OF_MESSAGES: Final = 0.95
"""The same of a link to messages: there may be one of some records only, as of those that somebody is insured for."""
_SHOWN: Final = 5


@frozen(eq=False)
class Link:
    """A column whose values are keys of another output."""

    output: Output
    leaf: Leaf
    key: Key
    declared: bool
    known: pa.Array
    """Of the distinct values whether each is a key."""

    @property
    def is_of_records(self) -> bool:
        """Does each record stand for one of the other output?"""
        return self.leaf.is_single

    @property
    def around(self) -> str:
        """The path of the outermost elements of a record of which each stands for one of the other output; empty without."""
        return next((name for name, of in self.leaf.groups.items() if len(np.unique(of)) == len(of)), "")

    @property
    def is_judged(self) -> bool:
        """Is it a rule that every value is a key: declared, or so for nearly all? Of tables with a schema it is what that
        says."""
        if "foreign_keys" in self.output.declared and "foreign_keys" in self.key.output.declared:
            return self.declared
        if self.output.is_of_another_stage(self.key.output):
            return False
        return self.declared or self.share >= (_RULE if self.key.output.kind == "table" else _RULE_OF_MESSAGES)

    @property
    def named(self) -> int:
        """How many keys its values name."""
        return pc.sum(self.known).as_py() or 0

    @property
    def share(self) -> float:
        """How many of its distinct values are keys."""
        return self.named / len(self.known)

    def report(self) -> dict[str, Any]:
        resolved = pc.sum(pc.is_in(self.leaf.values, value_set=self.key.leaf.distinct)).as_py() or 0
        missing = self.leaf.distinct.filter(pc.invert(self.known))
        return {
            "output": self.output.name,
            "column": self.leaf.path,
            "references": {"output": self.key.output.name, "column": self.key.leaf.path},
            "declared": self.declared,
            "judged": self.is_judged,
            "values": len(self.leaf.values),
            "resolved": resolved,
            "orphaned": len(self.leaf.values) - resolved,
            "unreferenced": len(self.key.leaf.distinct) - self.named,
            "examples": missing[:_SHOWN].to_pylist(),
        }


def links_of(outputs: Sequence[Output], keys: Sequence[Key]) -> list[Link]:
    """Every column that refers to a key of another output, each to the key that is meant most likely: of a
    table, of the same name, and that holds most of its values."""
    found = [link for output in outputs for leaf in output if (link := _link(output, leaf, keys)) is not None]
    # Two columns with the same values refer to each other: once is enough, and to a table rather than from it.
    found.sort(key=lambda link: (not link.declared, link.output.kind == "table"))
    kept: dict[tuple[int, int], Link] = {}
    for link in found:
        if (id(link.key.leaf), id(link.leaf)) not in kept:
            kept[id(link.leaf), id(link.key.leaf)] = link
    return sorted(kept.values(), key=lambda link: (link.output.name, link.leaf.path))


def _link(output: Output, leaf: Leaf, keys: Sequence[Key]) -> Link | None:
    for target, column in _declared(output, leaf):
        meant = [key for key in keys if key.output.declared.get("name") == target and key.leaf.path == column]
        if meant:
            # Several folders may have the table: a reference is to that of its own.
            key = next((each for each in meant if _folder(each.output) == _folder(output)), meant[0])
            return Link(output, leaf, key, True, _known(leaf, key))
    if not leaf.is_like_an_id:
        return None
    sample = leaf.distinct[:_SAMPLE]
    best: tuple[tuple[bool, bool, bool, bool, float, int], Link] | None = None
    for key in keys:
        if key.output is output or (key.leaf.path == leaf.path and _is_own(output, leaf, key)):
            continue
        if pc.sum(pc.is_in(sample, value_set=key.leaf.distinct)).as_py() in (0, None):
            continue
        link = Link(output, leaf, key, False, _known(leaf, key))
        share = link.share
        if share < _LEAST:
            continue
        same = key.leaf.last == leaf.last
        of_table = key.output.kind == "table"
        rank = (share >= _RULE, of_table, key.declared, same, share, -len(key.leaf.distinct))
        if best is None or rank > best[0]:
            best = rank, link
    return None if best is None else best[1]


def _folder(output: Output) -> str:
    return output.name.rpartition("/")[0]


def _is_own(output: Output, leaf: Leaf, key: Key) -> bool:
    """Is it the key of the output itself, which another one has as well, as the table of a person and of a patient?"""
    return output.declared.get("primary_key") == leaf.path and len(key.leaf.distinct) > len(leaf.distinct) * 10


def _declared(output: Output, leaf: Leaf) -> Iterator[tuple[str, str]]:
    for key in output.declared.get("foreign_keys", ()):
        columns, reference = key.get("columns") or [key.get("column")], key.get("references", {})
        targets = reference.get("columns") or [reference.get("column")]
        if columns == [leaf.path] and len(targets) == 1:
            yield str(reference.get("table")), str(targets[0])


def _known(leaf: Leaf, key: Key) -> pa.Array:
    return pc.is_in(leaf.distinct, value_set=key.leaf.distinct)


def rows_of_links(link: Link, around: str = "") -> tuple[Any, Any]:
    """Of every value that is resolved its record here, or its element at the path `around`, and the record there."""
    place = pc.index_in(link.leaf.values, value_set=link.key.leaf.values)
    there = place.is_valid().to_numpy(zero_copy_only=False)
    here = link.leaf.groups[around] if around else link.leaf.owners
    return here[there], np.asarray(link.key.leaf.owners)[place.drop_null().to_numpy(zero_copy_only=False)]
