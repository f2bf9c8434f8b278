"""Combinations of columns by which single people can be told apart, in one output, in several that name them by one key, or in
two that share no key: there a combination leads from one to the other.

k is how many have the same combination; who is alone with it (k = 1) can be found by whoever knows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic_report.audit.keys import Key
from datamimic_report.audit.leaves import Ints, Leaf, Output
from datamimic_report.audit.links import Link, rows_of_links
from datamimic_report.audit.traits import NAMES, TRAITS, says

_MOST: Final = 4
"""Columns of a combination at most."""
_FEWEST: Final = 10
"""Rows that are looked at at least."""
_FEW: Final = 5
_AS_MANY: Final = 0.9
_ALIKE: Final = ({"birth date", "birth year", "age"}, {"postal code", "city", "region"})
"""Of these one is enough: the others follow from it, or say less."""


@frozen(eq=False)
class Trait:
    """What a column says of a person: `kind` as above, of the records of an output."""

    kind: str
    output: Output
    leaf: Leaf


def traits_of(output: Output, names: Mapping[str, str] = TRAITS) -> list[Trait]:
    """The first column of each kind, of what is there once a record."""
    found: dict[str, Trait] = {}
    for kind, pattern in names.items():
        for leaf in output:
            if kind not in found and leaf.is_single and says(leaf, pattern):
                found[kind] = Trait(kind, output, leaf)
    return list(found.values())


def risks_of(outputs: Sequence[Output], keys: Sequence[Key], links: Sequence[Link]) -> list[dict[str, Any]]:
    """Every combination that is worth a look, those that single most people out first."""
    traits = {output.name: traits_of(output) for output in outputs}
    named = {output.name for output in outputs if traits_of(output, NAMES)}
    found = [each for output in outputs for each in _within(output, traits[output.name])]
    found += [each for key in keys for each in _across(key, links, traits)]
    for one, other in combinations(outputs, 2):
        if (one.name in named) is not (other.name in named):
            known, hidden = (one, other) if one.name in named else (other, one)
            found += _joins(known, hidden, links, traits)
    return sorted(_telling(found), key=lambda each: (-each["alone"], each["columns"]))


def _telling(found: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Without those that single nobody out, and those of which a smaller one singles out nearly as many."""
    for each in found:
        if not each["alone"]:
            continue
        smaller = (
            other
            for other in found
            if other["outputs"] == each["outputs"]
            and other["kind"] == each["kind"]
            and set(other["traits"]) < set(each["traits"])
        )
        if all(other["alone"] < _AS_MANY * each["alone"] for other in smaller):
            yield each


def _within(output: Output, traits: Sequence[Trait]) -> Iterator[dict[str, Any]]:
    """Combinations of the columns of one output."""
    rows = {trait.kind: (trait, _codes(trait, output.records)) for trait in traits}
    if output.records >= _FEWEST:
        yield from _combined(rows, "within", lambda chosen: True)


def _across(key: Key, links: Sequence[Link], traits: Mapping[str, Sequence[Trait]]) -> Iterator[dict[str, Any]]:
    """Combinations of columns of outputs that name the same people by one key: each adds to what the other tells."""
    size = key.output.records
    rows = {trait.kind: (trait, _codes(trait, size)) for trait in traits[key.output.name]}
    for link in links:
        if link.key is not key or not link.is_of_records:
            continue
        here, there = rows_of_links(link)
        for trait in traits[link.output.name]:
            if trait.kind not in rows:
                codes = np.full(size, -1, dtype=np.int64)
                codes[there] = _codes(trait, link.output.records)[here]
                rows[trait.kind] = (trait, codes)
    outputs = {trait.output.name for trait, _ in rows.values()}
    if size >= _FEWEST and len(outputs) > 1:
        yield from _combined(rows, "joined by a key", lambda chosen: len({each.output.name for each in chosen}) > 1)


def _joins(
    known: Output, hidden: Output, links: Sequence[Link], traits: Mapping[str, Sequence[Trait]]
) -> Iterator[dict[str, Any]]:
    """Where one output tells who people are and the other does not, but both have the same traits, and no link: how many of the
    other are found by them."""
    if any({link.output.name, link.key.output.name} == {known.name, hidden.name} for link in links):
        return
    mine = {trait.kind: trait for trait in traits[known.name]}
    theirs = {trait.kind: trait for trait in traits[hidden.name]}
    shared = sorted(mine.keys() & theirs.keys())
    if len(shared) < 2 or min(known.records, hidden.records) < _FEWEST:
        return
    left, right = _texts([mine[kind] for kind in shared]), _texts([theirs[kind] for kind in shared])
    place = {text: count for text, count in zip(*np.unique(left, return_counts=True), strict=True) if text}
    texts, counts = np.unique(right, return_counts=True)
    alone = sum(1 for text, count in zip(texts, counts, strict=True) if count == 1 and place.get(text) == 1)
    yield {
        "kind": "re-identified",
        "outputs": sorted({known.name, hidden.name}),
        "columns": [f"{hidden.name}: {theirs[kind].leaf.path}" for kind in shared],
        "traits": shared,
        "rows": hidden.records,
        "alone": alone,
        "below_five": sum(1 for text in right if text and 0 < place.get(text, 0) < _FEW),
        "smallest_k": int(min((place[text] for text in right if text in place), default=0)),
    }


def _combined(
    rows: Mapping[str, tuple[Trait, Ints]], kind: str, wanted: Callable[[Sequence[Trait]], bool]
) -> Iterator[dict[str, Any]]:
    for size in range(2, _MOST + 1):
        for names in combinations(sorted(rows), size):
            chosen = [rows[name][0] for name in names]
            if not wanted(chosen) or any(len(alike & {*names}) > 1 for alike in _ALIKE):
                continue
            k = _sizes([rows[name][1] for name in names])
            if len(k) < _FEWEST:
                continue
            yield {
                "kind": kind,
                "outputs": sorted({each.output.name for each in chosen}),
                "columns": [f"{each.output.name}: {each.leaf.path}" for each in chosen],
                "traits": list(names),
                "rows": len(k),
                "alone": int((k == 1).sum()),
                "below_five": int((k < _FEW).sum()),
                "smallest_k": int(k.min()),
            }


def _codes(trait: Trait, records: int) -> Ints:
    """A number for every record, the same for the same value; -1 where there is none."""
    made = np.full(records, -1, dtype=np.int64)
    values = pa.array(_normal(trait), pa.string()).dictionary_encode()
    made[trait.leaf.owners] = values.indices.to_numpy(zero_copy_only=False)
    return made


def _sizes(columns: Sequence[Ints]) -> Ints:
    """Of every record that has all of them, how many have the same."""
    there = np.logical_and.reduce([column >= 0 for column in columns])
    whole = np.zeros(int(there.sum()), dtype=np.int64)
    for column in columns:
        _, whole = np.unique(whole * (int(column.max(initial=0)) + 1) + column[there], return_inverse=True)
    counts: Ints = np.bincount(whole)[whole] if len(whole) else whole
    return counts


def _texts(traits: Sequence[Trait]) -> Any:
    """Of every record the values of all traits as one text, empty where one is missing."""
    records = traits[0].output.records
    columns = []
    for trait in traits:
        made = np.full(records, "", dtype=object)
        made[trait.leaf.owners] = _normal(trait)
        columns.append(made)
    return np.array(["\x1f".join(parts) if all(parts) else "" for parts in zip(*columns, strict=True)], dtype=object)


def _normal(trait: Trait) -> list[str]:
    """As it can be compared between syntaxes: days as digits, a sex as one letter."""
    texts = [text.casefold() for text in trait.leaf.values.to_pylist()]
    if trait.kind == "birth date":
        return [re.sub(r"\D", "", text)[:8] for text in texts]
    return [text[:1] for text in texts] if trait.kind == "sex" else texts
