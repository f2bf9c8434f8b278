"""Balances: what was before, and all entries with their signs, is what is after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from datamimic_report.audit.leaves import DEBITS, Ints, Leaf, Output, summed
from datamimic_report.audit.ties import FEWEST, TIED, Tie, tells, tie_of


def balances(
    output: Output,
    leaf: Leaf,
    groups: Ints,
    totals: Sequence[tuple[Leaf, Ints]],
    count: int,
    label: Leaf | None,
) -> Iterator[Tie]:
    """Closing balances of the entries at a path, which are of so many `groups`; none of entries without marks."""
    signs = _signs(leaf, output)
    if signs is None or leaf.amounts is None:
        return
    moved = summed(leaf.amounts * signs, groups, count)
    signed = [(total, own, _signed(total.amounts, total, output)) for total, own in totals if total.amounts is not None]
    for before, first, one in signed:
        for after, last, other in signed:
            if before is after or not np.array_equal(first, last):
                continue
            same = other - one == moved[first]
            if len(first) >= FEWEST and same.mean() >= TIED and tells(moved[first]):
                right = f"{before.path} + Σ ± {leaf.path}"
                yield tie_of("balance", f"{output.name}: {after.path}", right, len(first), after.owners[~same], label)


def _signed(amounts: Ints, leaf: Leaf, output: Output) -> Ints:
    """The amounts of a balance with their signs, where marks stand beside them."""
    signs = _signs(leaf, output)
    return amounts if signs is None else amounts * signs


def _signs(leaf: Leaf, output: Output) -> Ints | None:
    """Of every value whether it is taken away (-1), by the mark beside it; None where there is none."""
    for mark in _marks_beside(leaf, output):
        if len(mark.owners) == len(leaf.owners) and np.array_equal(mark.owners, leaf.owners):
            debit = np.array([text in DEBITS for text in mark.values.to_pylist()])
            return np.where(debit, -1, 1)
    return None


def _marks_beside(leaf: Leaf, output: Output) -> Iterator[Leaf]:
    """The marks of debit and credit that stand nearest, in the same element or record first."""
    parts = leaf.path.replace("@", "/").split("/" if "/" in leaf.path else ".")
    for size in range(len(parts) - 1, -1, -1):
        start = ("/" if "/" in leaf.path else ".").join(parts[:size])
        for other in output:
            if other is not leaf and other.path.startswith(start) and other.is_mark and len(other.values):
                yield other
