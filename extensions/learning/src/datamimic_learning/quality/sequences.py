"""How much the histories of a copy resemble those of its originals: rows of each, gaps, changes, and what follows what.

Each is a score from 0 to 1 as `resemblance` has it: of the shapes of counts, gaps and changes, and of the pairs of a value with
the one before it, which for numbers is their correlation (drift) and for others their table of transitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic import DatamimicError
from datamimic.columns import Ints
from datamimic.errors import suggest
from datamimic_learning.quality.resemblance import resemblance

_BEFORE = "the {} before"
_CHANGE = "change of {}"


@frozen
class SequenceResemblance:
    """`rows`: how many rows an entity has; `changes`: by column how far it moves from row to row, which for the column of the
    order are the gaps; `following`: by column how it depends on the row before."""

    rows: float
    changes: Mapping[str, float]
    following: Mapping[str, float]

    @property
    def score(self) -> float:
        """The mean of the three."""
        means = [float(np.mean([*each.values()])) for each in (self.changes, self.following) if each]
        return float(np.mean([self.rows, *means]))

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "score": self.score,
            "rows": self.rows,
            "changes": dict(self.changes),
            "following": dict(self.following),
        }


def sequence_resemblance(real: pa.Table, copy: pa.Table, entity: str, order: str | None = None) -> SequenceResemblance:
    """Of the rows of each `entity`, a column that says whose a row is, in the order of a column, or as they lie;
    numbers that tell rows apart are left out.

    Raises `DatamimicError`: `learning.unknown_column`, and `learning.no_rows` where no entity has two rows.
    """
    for name in (entity, *(() if order is None else (order,))):
        for table in (real, copy):
            if name not in table.column_names:
                near = suggest(name, table.column_names)
                raise DatamimicError(
                    "learning.unknown_column",
                    f"there is no column {name}",
                    hint=f"did you mean {near[0]}?" if near else None,
                )
    counts = [pa.table({"rows": _counts(table[entity])}) for table in (real, copy)]
    shared = [each for each in real.column_names if each in copy.column_names and each != entity]
    names = [each for each in shared if each == order or not _is_key(real[each])]
    pairs = [_followed(table, entity, order, names) for table in (real, copy)]
    if not all(each.num_rows for each in pairs):
        raise DatamimicError("learning.no_rows", f"no {entity} has two rows", hint="a column that says whose a row is")
    changes, following = dict[str, float](), dict[str, float]()
    for name in names:
        change, before = _CHANGE.format(name), _BEFORE.format(name)
        if all(change in each.column_names for each in pairs):
            changes[name] = _of(pairs, [change]).get(change, 1.0)
        try:
            found = resemblance(*(each.select([before, name]) for each in pairs))
        except DatamimicError:
            continue  # free text
        if found.of_pairs and name != order:
            following[name] = found.pairs
    return SequenceResemblance(resemblance(*counts).shapes, changes, following)


def _is_key(column: pa.ChunkedArray) -> bool:
    """Are all of its whole numbers different? What they are says nothing."""
    return bool(pa.types.is_integer(column.type)) and int(pc.count_distinct(column).as_py()) == len(column)


def _of(tables: list[pa.Table], columns: list[str]) -> Mapping[str, float]:
    return resemblance(*(each.select(columns) for each in tables)).columns


def _counts(column: pa.ChunkedArray) -> Ints:
    counted: Ints = pc.value_counts(column.drop_null()).field("counts").to_numpy(zero_copy_only=False)
    return counted


def _followed(table: pa.Table, entity: str, order: str | None, names: list[str]) -> pa.Table:
    """The rows that have one before them, with its values and how far numbers and moments have moved."""
    keys = [(entity, "ascending"), *([] if order is None else [(order, "ascending")])]
    place = pc.sort_indices(table.append_column("", pa.array(np.arange(len(table)))), [*keys, ("", "ascending")])
    rows = table.take(place)
    whose = pc.dictionary_encode(rows[entity].combine_chunks(), null_encoding="encode")
    codes = (whose.combine_chunks() if isinstance(whose, pa.ChunkedArray) else whose).indices.to_numpy()
    later = np.flatnonzero(codes[1:] == codes[:-1]) + 1
    made: dict[str, pa.ChunkedArray] = {}
    now, before = rows.take(pa.array(later)), rows.take(pa.array(later - 1))
    for name in names:
        made[name], made[_BEFORE.format(name)] = now[name], before[name]
        kind = now[name].type
        if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            left, right = (each[name].cast(pa.float64(), safe=False) for each in (before, now))
            made[_CHANGE.format(name)] = pc.subtract(right, left)
        elif pa.types.is_date(kind) or pa.types.is_timestamp(kind):
            left, right = (each[name].cast(pa.timestamp("us", getattr(kind, "tz", None))) for each in (before, now))
            made[_CHANGE.format(name)] = pc.subtract(right, left).cast(pa.int64())
    return pa.table(made)
