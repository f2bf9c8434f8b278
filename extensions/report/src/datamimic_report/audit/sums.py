"""Sums that tie: totals of what belongs together, counts of it, and amounts and days that are the same on both sides of a link.

Which columns these are is found out: a sum that ties in 97 of 100 cases, and of those that could tell, which have several
parts, is taken for a rule, and where it does not hold is told; beside a total that ties in every case, another one of the same
parts only if it ties in 99. What holds in fewer is taken for no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from attrs import frozen

from datamimic_report.audit.agreeing import NOTHING, ties_of_sides, values_at
from datamimic_report.audit.balances import balances
from datamimic_report.audit.leaves import UNIT, Ints, Leaf, Output, summed
from datamimic_report.audit.links import Link, rows_of_links
from datamimic_report.audit.ties import FEWEST, TIED, Tie, tells, tie_of

_SUMMED: Final = 0.97
_RIVALLED: Final = 0.99


@frozen(eq=False)
class _Sum:
    """A total that is a sum of parts: the values of the cases, and the records in which it is not."""

    total: Leaf
    made: Ints
    records: Ints

    @property
    def share(self) -> float:
        return 1 - len(self.records) / len(self.made)


def ties_within(output: Output, label: Leaf | None) -> Iterator[Tie]:
    """Totals and counts within the records of one output, or within elements of them that come several times."""
    names = sorted({name for leaf in output for name in leaf.groups})
    told: set[tuple[str, str, str]] = set()
    for around in [*names, ""]:
        for tie in _ties_of_groups(output, around, label):
            rule = (tie.kind, tie.left, tie.right)
            # What holds in every claim of a transaction is not told again of the transaction.
            if rule not in told:
                told.add(rule)
                yield tie


def ties_of_links(links: Sequence[Link]) -> Iterator[Tie]:
    """Of every link what is the same on both sides, in records or elements of them, and where several records name one, their
    sums and numbers."""
    compared: set[tuple[str, str, str]] = set()
    summed_by: set[tuple[str, str, bytes]] = set()
    for link in links:
        here, there = rows_of_links(link)
        if len(here) < FEWEST:
            continue
        label = link.key.leaf
        if len(np.unique(there)) == len(there) and link.is_of_records:
            pair = (link.output.name, link.key.output.name, "")
            if pair not in compared:
                compared.add(pair)
                yield from ties_of_sides(link, here, there, label)
        elif link.is_of_records:
            # A key that stands in two columns links the same records.
            same = (link.output.name, link.key.output.name, there.tobytes())
            if same in summed_by:
                continue
            summed_by.add(same)
            yield from _sums_of_children(link, here, there, label)
        elif link.around:
            pair = (link.output.name, link.key.output.name, link.around)
            if pair not in compared:
                compared.add(pair)
                here, there = rows_of_links(link, link.around)
                yield from ties_of_sides(link, here, there, label, link.around)


def _ties_of_groups(output: Output, around: str, label: Leaf | None) -> Iterator[Tie]:
    """Of every element at a path, or every record: what of it is the sum or the number of what it holds several times."""
    heads = list[tuple[Leaf, Ints]]()
    items = list[tuple[Leaf, Ints]]()
    for leaf in output:
        if around and around not in leaf.groups:
            continue
        groups = leaf.groups[around] if around else leaf.owners
        if leaf.amounts is None and not leaf.is_mark:
            continue
        once = len(np.unique(groups)) == len(groups)
        (heads if once else items).append((leaf, groups))
    totals = [(leaf, groups) for leaf, groups in heads if leaf.amounts is not None]
    for leaf, groups in items:
        if leaf.amounts is None or not totals:
            continue
        count = int(max(groups.max(), *(own.max() for _, own in totals))) + 1
        sums, parts = summed(leaf.amounts, groups, count), np.bincount(groups, minlength=count)
        for each in _plausible(_tied(total, own, sums, parts) for total, own in totals):
            left, right = f"{output.name}: {each.total.path}", f"Σ {leaf.path}"
            yield tie_of("sum", left, right, len(each.made), each.records, label)
        yield from balances(output, leaf, groups, totals, count, label)
    yield from _counts(output, items, totals, label)


def _tied(total: Leaf, own: Ints, sums: Ints, parts: Ints) -> _Sum | None:
    """The sums of what the totals have parts of; None where that is no rule."""
    assert total.amounts is not None
    asked = parts[own] > 0
    found, made = total.amounts[asked], sums[own[asked]]
    is_rule = _is_rule(found, made, parts[own[asked]])
    return _Sum(total, made, total.owners[asked][found != made]) if is_rule else None


def _is_rule(found: Ints, made: Ints, parts: Ints) -> bool:
    """Do totals tie in nearly all cases, and in nearly all of those with several parts, which alone could tell?"""
    same, telling = found == made, parts > 1
    return (
        int(telling.sum()) >= FEWEST
        and tells(found[telling])
        and float(same.mean()) >= _SUMMED
        and float(same[telling].mean()) >= _SUMMED
    )


def _plausible(sums: Iterable[_Sum | None]) -> list[_Sum]:
    """Of totals of the same parts those that are named: what is incurred is nearly always what was paid, and another thing."""
    found = [each for each in sums if each is not None]
    least = _RIVALLED if any(not len(each.records) for each in found) else _SUMMED
    return [each for each in found if each.share >= least]


def _counts(
    output: Output, items: Sequence[tuple[Leaf, Ints]], totals: Sequence[tuple[Leaf, Ints]], label: Leaf | None
) -> Iterator[Tie]:
    """Totals that say how many there are of something."""
    told: set[tuple[str, bytes]] = set()
    for leaf, groups in items:
        for total, own in totals:
            if total.amounts is None or (total.amounts % UNIT).any() or not _is_count(total):
                continue
            counts = np.bincount(groups, minlength=int(own.max()) + 1)[own] * UNIT
            same = counts == total.amounts
            if len(own) < FEWEST or not tells(total.amounts) or same.mean() < TIED:
                continue
            mark = (total.path, counts.tobytes())
            if mark not in told:
                told.add(mark)
                records = total.owners[~same]
                yield tie_of(
                    "count", f"{output.name}: {total.path}", f"number of {leaf.path}", len(own), records, label
                )


def _sums_of_children(link: Link, here: Ints, there: Ints, label: Leaf) -> Iterator[Tie]:
    count = link.key.output.records
    parts = np.bincount(there, minlength=count)
    cut = link.output.declared.get("incomplete", {}).get(link.key.output.declared.get("name"), 0)
    totals = [each for each in link.key.output if each.amounts is not None and each.is_single]
    for leaf in link.output:
        if leaf.amounts is None or not leaf.is_single:
            continue
        values = values_at(leaf.owners, leaf.amounts, here)
        known = values != NOTHING
        sums = summed(values[known], there[known], count)
        for each in _plausible(_tied(total, total.owners, sums, parts) for total in totals):
            if not tells(each.made):
                continue
            # Of so many parents the set does not have all children, and says so.
            missed = len(each.records) if len(each.records) <= cut else 0
            left = f"{link.key.output.name}: {each.total.path}"
            right = f"Σ {link.output.name}: {leaf.path} by {link.leaf.path}"
            yield tie_of("sum", left, right, len(each.made) - missed, each.records[missed:], label)


def _is_count(leaf: Leaf) -> bool:
    last = leaf.last.lower()
    parts = ("nb", "count", "number_of", "num_", "items", "entries", "lines", "txs")
    return leaf.path.startswith("CNT[") or any(part in last for part in parts)
