"""Sums that tie: totals of what belongs together, counts of it, and amounts and days that are the same on both sides of a link.

Which columns these are is found out: what ties in 19 of 20 cases that could tell, those of several parts, is taken for a rule,
and where it does not hold is told. What holds in fewer is taken for no rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from datamimic_report.audit.agreeing import NOTHING, ties_of_sides, values_at
from datamimic_report.audit.balances import balances
from datamimic_report.audit.leaves import UNIT, Ints, Leaf, Output, summed
from datamimic_report.audit.links import Link, rows_of_links
from datamimic_report.audit.ties import FEWEST, TIED, Tie, tells, tie_of


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
        if len(here) < FEWEST:
            continue
        label = link.key.leaf
        if len(np.unique(there)) == len(there) and link.is_of_records:
            pair = (link.output.name, link.key.output.name)
            if pair not in compared:
                compared.add(pair)
                yield from ties_of_sides(link, here, there, label)
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
        for total, own in totals:
            if (tied := _tied(total, own, sums, parts)) is not None:
                made, records = tied
                yield tie_of("sum", f"{output.name}: {total.path}", f"Σ {leaf.path}", len(made), records, label)
        yield from balances(output, leaf, groups, totals, count, label)
    yield from _counts(output, items, totals, label)


def _tied(total: Leaf, own: Ints, sums: Ints, parts: Ints) -> tuple[Ints, Ints] | None:
    """The sums of what the totals have parts of, and the records in which they do not tie; None where that is no rule."""
    assert total.amounts is not None
    asked = parts[own] > 0
    found, made = total.amounts[asked], sums[own[asked]]
    return (made, total.owners[asked][found != made]) if _is_rule(found, made, parts[own[asked]]) else None


def _is_rule(found: Ints, made: Ints, parts: Ints) -> bool:
    """Do totals tie in nearly all cases, and in nearly all of those with several parts, which alone could tell?"""
    same, telling = found == made, parts > 1
    return (
        int(telling.sum()) >= FEWEST
        and tells(found[telling])
        and float(same.mean()) >= TIED
        and float(same[telling].mean()) >= TIED
    )


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
    children = list[tuple[Leaf, Ints]]()
    for leaf in link.output:
        if leaf.amounts is not None and leaf.is_single:
            values = values_at(leaf.owners, leaf.amounts, here)
            known = values != NOTHING
            children.append((leaf, summed(values[known], there[known], count)))
    for total in link.key.output:
        if total.amounts is None or not total.is_single:
            continue
        for leaf, sums in children:
            tied = _tied(total, total.owners, sums, parts)
            if tied is not None and tells(tied[0]):
                made, records = tied
                left = f"{link.key.output.name}: {total.path}"
                right = f"Σ {link.output.name}: {leaf.path} by {link.leaf.path}"
                yield tie_of("sum", left, right, len(made), records, label)


def _is_count(leaf: Leaf) -> bool:
    last = leaf.last.lower()
    parts = ("nb", "count", "number_of", "num_", "items", "entries", "lines", "txs")
    return leaf.path.startswith("CNT[") or any(part in last for part in parts)
