"""Rows like those of a table, made of nothing but noised statistics of it: whatever is learned of them afterwards costs no
more.

They pass the one seam, `NoisedStatistics`, and are drawn from what came through it. What sees these rows alone, such as a
learner that writes a model, cannot tell more of the originals than epsilon and delta say (post-processing).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pyarrow as pa

from datamimic import DatamimicError
from datamimic.columns import Floats, Ints
from datamimic_learning.privacy.noise.coding import Coded, coded, is_private, is_text
from datamimic_learning.privacy.noise.domains import Domain
from datamimic_learning.privacy.noise.network import Node, combined, learn_network
from datamimic_learning.privacy.noise.statistics import NoisedStatistics
from datamimic_learning.samples.pieces import one_piece

COUNT, DOMAINS, EDGES = Fraction(1, 100), Fraction(25, 100), Fraction(14, 100)
"""Parts of epsilon: for the number of rows, for which values there are, for which columns go together; tables have the rest."""


def private_rows(table: pa.Table, noised: NoisedStatistics, domains: Mapping[str, Domain] | None = None) -> pa.Table:
    """As many rows as there are, give or take the noise, with the types of the table.

    `domains` is what is known without the rows. Of other text, values that many rows have are found, and the rest is null.
    Keys are numbered anew, from 1. The randomness is the system's: no seed gives the same rows again. Raises
    `DatamimicError`: `learning.needs_delta`, `learning.bad_domains` for a column that is not there.
    """
    domains = dict(domains or {})
    if unknown := [name for name in domains if name not in table.column_names]:
        raise DatamimicError(
            "learning.bad_domains", f"{unknown[0]} is no column", hint=f"there are: {', '.join(table.column_names)}"
        )
    epsilon, delta = noised.ledger.epsilon, noised.ledger.delta
    # None at all would say no more than one does, and nothing could be drawn.
    count = max(1, noised.row_count(table.num_rows, epsilon * COUNT))
    arrays = {name: _plain(table[name]) for name in table.column_names}
    keys = [name for name, domain in domains.items() if domain.key]
    rest = [name for name in arrays if name not in keys]
    costly = [name for name in rest if is_private(arrays[name], domains.get(name))]
    on_domains = epsilon * DOMAINS if costly else Fraction(0)
    on_edges = epsilon * EDGES if len(rest) > 1 else Fraction(0)
    texts = [name for name in costly if is_text(arrays[name])]
    # Text asks twice as much: a value comes out only where many rows have it.
    parts = max(1, len(costly) + len(texts))
    part = {name: on_domains * (2 if name in texts else 1) / parts for name in costly}
    columns = [
        coded(
            name,
            arrays[name],
            domains.get(name),
            noised,
            count,
            part.get(name, Fraction(0)),
            delta / max(1, len(texts)),
        )
        for name in rest
    ]
    made: dict[str, pa.Array] = {}
    if columns:
        network = learn_network(columns, noised, count, on_edges, epsilon - noised.ledger.spent - on_edges)
        made = _drawn(network, columns, count)
    for name in keys:
        made[name] = _numbered(name, arrays[name].type, count)
    return pa.table({name: made[name] for name in table.column_names})


def _plain(column: pa.ChunkedArray) -> pa.Array:
    found = one_piece(column)
    return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found


def _drawn(network: Sequence[Node], columns: Sequence[Coded], rows: int) -> dict[str, pa.Array]:
    rng = np.random.default_rng(secrets.randbits(128))
    codes: dict[int, Ints] = {}
    for node in network:
        across, _ = combined(columns, [codes[each] for each in node.parents], node.parents, rows)
        codes[node.column] = _draw(node.counts, across, rng)
    return {each.name: each.values(codes[place], rng.random(rows)) for place, each in enumerate(columns)}


def _draw(counts: Floats, across: Ints, rng: np.random.Generator) -> Ints:
    """A code per row by the counts of its line; where a line is empty, by those of all. What no code is for is drawn as the
    others are, but where there is nothing else."""
    weights = counts.copy()
    weights[:, -2] = 0.0
    overall = weights.sum(axis=0)
    if not overall.any():
        overall[-1] = 1.0
    empty = ~weights.any(axis=1)
    weights[empty] = overall
    climbing = np.cumsum(weights, axis=1)
    climbing /= climbing[:, -1:]
    found = np.empty(len(across), dtype=np.int64)
    order = np.argsort(across, kind="stable")
    lines, starts = np.unique(across[order], return_index=True)
    for line, rows in zip(lines, np.split(order, starts[1:]), strict=True):
        found[rows] = np.searchsorted(climbing[line], rng.random(len(rows)), side="right")
    return np.minimum(found, counts.shape[1] - 1)


def _numbered(name: str, kind: pa.DataType, rows: int) -> pa.Array:
    numbers = pa.array(np.arange(1, rows + 1))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pa.array([f"{name}-{number}" for number in range(1, rows + 1)], kind)
    return numbers.cast(kind)
