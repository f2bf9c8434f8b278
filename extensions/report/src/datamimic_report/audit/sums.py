"""Sums that tie: totals of what belongs together, counts of it, and amounts and days that are the same on both sides of a link.

Which columns these are is found out: what ties in 19 of 20 cases that could tell, those of several parts, is taken for a rule,
and where it does not hold is told. What holds in fewer is taken for no rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic_report.audit.leaves import UNIT, Ints, Leaf, Output
from datamimic_report.audit.links import Link, rows_of_links

_TIED: Final = 0.95
_FEWEST: Final = 3
"""Cases that a rule is found by at least."""
_SHOWN: Final = 5
_DEBITS: Final = frozenset({"DBIT", "D", "RC", "debit", "Debit", "DEBIT"})
_CREDITS: Final = frozenset({"CRDT", "C", "RD", "credit", "Credit", "CREDIT"})


@frozen(kw_only=True)
class Tie:
    """A rule, and of how many cases it holds; `examples` are records in which it does not."""

    kind: str
    """sum, count, balance or equal"""
    left: str
    right: str
    cases: int
    untied: int
    examples: tuple[str, ...]

    def report(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "left": self.left,
            "right": self.right,
            "cases": self.cases,
            "untied": self.untied,
            "examples": list(self.examples),
        }


def ties_within(output: Output, label: Leaf | None) -> Iterator[Tie]:
    """Totals and counts within the records of one output, or within elements of them that come several times."""
    names = sorted({name for leaf in output for name in leaf.groups})
    for around in ["", *names]:
        yield from _ties_of_groups(output, around, label)


def ties_of_links(links: Sequence[Link]) -> Iterator[Tie]:
    """Of every link what is the same on both sides, and where several records name one, their sums and numbers."""
    compared: set[tuple[str, str]] = set()
    for link in links:
        here, there = rows_of_links(link)
        if len(here) < _FEWEST:
            continue
        label = link.key.leaf
        if len(np.unique(there)) == len(there) and link.is_of_records:
            pair = (link.output.name, link.key.output.name)
            if pair not in compared:
                compared.add(pair)
                yield from _equal(link, here, there, label)
        elif link.is_of_records:
            yield from _sums_of_children(link, here, there, label)


def _ties_of_groups(output: Output, around: str, label: Leaf | None) -> Iterator[Tie]:
    """Of every element at a path, or every record: what of it is the sum or the number of what it holds several times."""
    heads = list[tuple[Leaf, Ints]]()
    items = list[tuple[Leaf, Ints]]()
    for leaf in output:
        if around and around not in leaf.groups:
            continue
        groups = leaf.groups[around] if around else leaf.owners
        if leaf.amounts is None and not _is_mark(leaf):
            continue
        once = len(np.unique(groups)) == len(groups)
        (heads if once else items).append((leaf, groups))
    totals = [(leaf, groups) for leaf, groups in heads if leaf.amounts is not None]
    for leaf, groups in items:
        if leaf.amounts is None or not totals:
            continue
        count = int(max(groups.max(), *(own.max() for _, own in totals))) + 1
        sums, parts = _summed(leaf.amounts, groups, count), np.bincount(groups, minlength=count)
        for total, own in totals:
            yield from _tie(output, total, own, sums, parts, f"Σ {leaf.path}", label)
        signs = _signs(leaf, output)
        if signs is not None:
            yield from _balances(output, leaf, groups, signs, totals, count, label)
    yield from _counts(output, items, totals, label)


def _tie(
    output: Output, total: Leaf, own: Ints, sums: Ints, parts: Ints, right: str, label: Leaf | None
) -> Iterator[Tie]:
    assert total.amounts is not None
    asked = parts[own] > 0
    found, made = total.amounts[asked], sums[own[asked]]
    if _is_rule(found, made, parts[own[asked]]):
        records = total.owners[asked][found != made]
        yield _said("sum", f"{output.name}: {total.path}", right, len(found), records, label)


def _is_rule(found: Ints, made: Ints, parts: Ints) -> bool:
    """Do totals tie in nearly all cases, and in nearly all of those with several parts, which alone could tell?"""
    same, telling = found == made, parts > 1
    return (
        int(telling.sum()) >= _FEWEST
        and _tells(found[telling])
        and float(same.mean()) >= _TIED
        and float(same[telling].mean()) >= _TIED
    )


def _counts(
    output: Output, items: Sequence[tuple[Leaf, Ints]], totals: Sequence[tuple[Leaf, Ints]], label: Leaf | None
) -> Iterator[Tie]:
    """Totals that say how many there are of something."""
    told: set[tuple[str, bytes]] = set()
    for leaf, groups in items:
        for total, own in totals:
            if total.amounts is None or (total.amounts % UNIT).any() or not _is_count(total.path):
                continue
            counts = np.bincount(groups, minlength=int(own.max()) + 1)[own] * UNIT
            same = counts == total.amounts
            if len(own) < _FEWEST or not _tells(total.amounts) or same.mean() < _TIED:
                continue
            mark = (total.path, counts.tobytes())
            if mark not in told:
                told.add(mark)
                records = total.owners[~same]
                yield _said("count", f"{output.name}: {total.path}", f"number of {leaf.path}", len(own), records, label)


def _balances(
    output: Output,
    leaf: Leaf,
    groups: Ints,
    signs: Ints,
    totals: Sequence[tuple[Leaf, Ints]],
    count: int,
    label: Leaf | None,
) -> Iterator[Tie]:
    """Closing balances: what was before, and all entries with their signs."""
    assert leaf.amounts is not None
    moved = _summed(leaf.amounts * signs, groups, count)
    for before, first in totals:
        for after, last in totals:
            if before is after or before.amounts is None or after.amounts is None or not np.array_equal(first, last):
                continue
            one, other = _signed(before, output), _signed(after, output)
            same = other - one == moved[first]
            if len(first) >= _FEWEST and same.mean() >= _TIED and _tells(moved[first]):
                right = f"{before.path} + Σ ± {leaf.path}"
                yield _said("balance", f"{output.name}: {after.path}", right, len(first), after.owners[~same], label)


def _equal(link: Link, here: Ints, there: Ints, label: Leaf) -> Iterator[Tie]:
    for mine in link.output:
        if not mine.is_single or not len(mine.values):
            continue
        found = {
            theirs.path: made
            for theirs in link.key.output
            if theirs.is_single and len(theirs.values) and (made := _compared(mine, theirs, here, there)) is not None
        }
        if found:
            # The column of the same name is meant, else the one that is the same most often.
            path = (
                mine.path if mine.path in found else min(found, key=lambda each: len(found[each][1]) / found[each][0])
            )
            cases, records = found[path]
            left, right = f"{link.output.name}: {mine.path}", f"{link.key.output.name}: {path}"
            yield _said("equal", left, right, cases, records, label)


def _compared(mine: Leaf, theirs: Leaf, here: Ints, there: Ints) -> tuple[int, Ints] | None:
    """How many pairs were compared, and the records of the other side at which they differ; None where that is no rule."""
    one, other = _comparable(mine), _comparable(theirs)
    if one is None or other is None or one[0] != other[0]:
        return None
    first = _at(mine.owners, one[1], here)
    second = _at(theirs.owners, other[1], there)
    both = (first != _NOTHING) & (second != _NOTHING)
    if both.sum() < _FEWEST or not _tells(first[both]):
        return None
    same = first[both] == second[both]
    if one[0] == "day" and (mine.has_times or theirs.has_times):
        # A moment is told in UTC here and in the place's own time there.
        same |= np.abs(_day_number(first[both]) - _day_number(second[both])) <= 1
    return (int(both.sum()), there[both][~same]) if same.mean() >= _TIED else None


def _sums_of_children(link: Link, here: Ints, there: Ints, label: Leaf) -> Iterator[Tie]:
    count = int(there.max()) + 1
    parts = np.bincount(there, minlength=count)
    for total in link.key.output:
        if total.amounts is None or not total.is_single:
            continue
        own = total.owners
        inside = own < count
        for leaf in link.output:
            if leaf.amounts is None or not leaf.is_single:
                continue
            values = _at(leaf.owners, leaf.amounts, here)
            known = values != _NOTHING
            sums = _summed(values[known], there[known], count)
            asked = inside.copy()
            asked[inside] = parts[own[inside]] > 0
            found, made = total.amounts[asked], sums[own[asked]]
            if _is_rule(found, made, parts[own[asked]]) and _tells(made):
                left = f"{link.key.output.name}: {total.path}"
                right = f"Σ {link.output.name}: {leaf.path} by {link.leaf.path}"
                yield _said("sum", left, right, len(found), own[asked][found != made], label)


_NOTHING: Final = np.iinfo(np.int64).min


def _comparable(leaf: Leaf) -> tuple[str, Ints] | None:
    """Amounts with decimals, and days, as integers that are the same where the values are."""
    if leaf.days is not None:
        return "day", leaf.days
    if leaf.amounts is not None and any(sign in text for text in leaf.distinct[:50].to_pylist() for sign in ".,"):
        return "amount", np.abs(leaf.amounts)
    return None


def _day_number(days: Ints) -> Ints:
    """Days, 20250131, as days since an epoch."""
    texts = [f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" for day in days.tolist()]
    return np.array([_number_of(text) for text in texts], dtype=np.int64)


def _number_of(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return 0


def _at(owners: Ints, values: Ints, records: Ints) -> Ints:
    """The values of records, nothing where one has none."""
    size = int(max(owners.max(initial=-1), records.max(initial=-1))) + 1
    made = np.full(size, _NOTHING, dtype=np.int64)
    made[owners] = values
    found: Ints = made[records]
    return found


def _summed(values: Ints, groups: Ints, count: int) -> Ints:
    made = np.zeros(count, dtype=np.int64)
    np.add.at(made, groups, values)
    return made


def _tells(values: Ints) -> bool:
    """Could values agree by more than chance: are there three of them at least, most of them not zero?"""
    return len(np.unique(values)) >= _FEWEST and float((values != 0).mean()) > 0.5


def _is_count(path: str) -> bool:
    last = path.replace("/", ".").rpartition(".")[2].lower()
    parts = ("nb", "count", "number_of", "num_", "items", "entries", "lines", "txs")
    return path.startswith("CNT[") or any(part in last for part in parts)


def _is_mark(leaf: Leaf) -> bool:
    return set(leaf.distinct[:8].to_pylist()) <= _DEBITS | _CREDITS


def _signs(leaf: Leaf, output: Output) -> Ints | None:
    """Of every value whether it is taken away (-1), by the mark beside it; None where there is none."""
    for mark in _marks_beside(leaf, output):
        if len(mark.owners) == len(leaf.owners) and np.array_equal(mark.owners, leaf.owners):
            debit = np.array([text in _DEBITS for text in mark.values.to_pylist()])
            return np.where(debit, -1, 1)
    return None


def _signed(leaf: Leaf, output: Output) -> Ints:
    """The values of a balance with their signs, where marks stand beside them."""
    assert leaf.amounts is not None
    signs = _signs(leaf, output)
    return leaf.amounts if signs is None else leaf.amounts * signs


def _marks_beside(leaf: Leaf, output: Output) -> Iterator[Leaf]:
    """The marks of debit and credit that stand nearest, in the same element or record first."""
    parts = leaf.path.replace("@", "/").split("/" if "/" in leaf.path else ".")
    for size in range(len(parts) - 1, -1, -1):
        start = ("/" if "/" in leaf.path else ".").join(parts[:size])
        for other in output:
            if other is not leaf and other.path.startswith(start) and _is_mark(other) and len(other.values):
                yield other


def _said(kind: str, left: str, right: str, cases: int, records: Ints, label: Leaf | None) -> Tie:
    shown = np.unique(records)[:_SHOWN].tolist()
    names = (
        dict(zip(label.owners.tolist(), label.values.to_pylist(), strict=True)) if label is not None and shown else {}
    )
    examples = tuple(str(names.get(record, f"record {record}")) for record in shown)
    return Tie(kind=kind, left=left, right=right, cases=cases, untied=len(records), examples=examples)
