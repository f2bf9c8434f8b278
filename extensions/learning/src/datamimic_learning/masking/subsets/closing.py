"""Which rows belong together: those for which conditions hold, all that refer to them, and all that these refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_learning.masking.methods.canonical import canonical, joined
from datamimic_learning.masking.plans.plan import Plan
from datamimic_learning.masking.subsets.conditions import Condition, parse_condition
from datamimic_learning.samples.sample import DeclaredReference, SampleTable

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@frozen
class Subset:
    """`chosen` says of every row of a table whether it is kept; a table that is not in it is kept whole."""

    chosen: Mapping[str, Bools]
    notes: Sequence[str] = field(factory=list)

    def part(self, table: str, batch: pa.RecordBatch, start: int) -> pa.RecordBatch:
        """What is kept of rows of a table, by the number of the first."""
        if table not in self.chosen:
            return batch
        return batch.filter(pa.array(self.chosen[table][start : start + batch.num_rows]))


def subset_of(plan: Plan, tables: Mapping[str, SampleTable], where: Mapping[str, str]) -> Subset | None:
    """The rows that the conditions of the plan and of `where` (by table) leave; None where there are none.

    Downwards, from the rows for which a condition holds to all that refer to them, and so on, each under its own table's
    condition; then upwards, to all that any of them refers to. Tables that no foreign key connects with a condition stay whole.
    Raises `DatamimicError` (`learning.bad_condition`), `UnknownName`.
    """
    conditions = _conditions(plan, tables, where)
    if not conditions:
        return None
    references = _references(plan, tables)
    sizes: dict[str, int] = {}
    holds = {name: _held(tables[name], condition, sizes) for name, condition in conditions.items()}
    links = [_Link.of(child, each, tables, sizes) for child, each in references]
    connected = _connected(conditions, links)
    chosen = {
        name: holds[name].copy() if name in holds else np.zeros(_size(name, tables, sizes), np.bool_)
        for name in connected
    }
    links = [each for each in links if each.child in connected]
    _down(links, chosen, holds, set(conditions))
    _up(links, chosen)
    notes = [f"{name}: {int(each.sum()):,} of {len(each):,} rows" for name, each in chosen.items()]
    notes += [f"{each.child}: {each.dangling:,} rows refer to none of {each.parent}" for each in links if each.dangling]
    return Subset(chosen, notes)


@frozen
class _Link:
    """For every row of the child, the row of the parent that it refers to, -1 for none."""

    child: str
    parent: str
    rows: Ints
    dangling: int

    @classmethod
    def of(
        cls, child: str, reference: DeclaredReference, tables: Mapping[str, SampleTable], sizes: dict[str, int]
    ) -> _Link:
        parents = _texts(tables[reference.referred], reference.referred_columns)
        own = _texts(tables[child], reference.columns)
        sizes[child], sizes[reference.referred] = len(own), len(parents)
        found = pc.index_in(own, value_set=parents, skip_nulls=True)
        dangling = pc.sum(pc.and_(pc.is_valid(own), pc.is_null(found))).as_py() or 0
        return cls(child, reference.referred, np.asarray(pc.fill_null(found, -1)).astype(np.int64), dangling)


def _texts(table: SampleTable, columns: Sequence[str]) -> pa.Array:
    """Keys as texts; null where a part is null."""
    parts = []
    for batch in table.batches(list(columns)):
        each = [canonical(column) for column in batch.columns]
        whole = joined(each)
        for column in each[1:] and each:
            whole = pc.if_else(pc.is_valid(column), whole, pa.scalar(None, pa.string()))
        parts.append(whole)
    return pa.chunked_array(parts, pa.string()).combine_chunks() if parts else pa.array([], pa.string())


def _conditions(plan: Plan, tables: Mapping[str, SampleTable], where: Mapping[str, str]) -> dict[str, Condition]:
    for name in where:
        if name not in tables:
            raise UnknownName("table", name, tables)
    found = {}
    for name, table in tables.items():
        said = plan.tables[name].where if name in plan.tables else None
        texts = [f"({each})" for each in (said, where.get(name)) if each]
        if texts:
            for each in (said, where.get(name)):
                if each:
                    parse_condition(each, table.schema.names, name)
            found[name] = parse_condition(" AND ".join(texts), table.schema.names, name)
    return found


def _references(plan: Plan, tables: Mapping[str, SampleTable]) -> list[tuple[str, DeclaredReference]]:
    """Those that are declared, and those that the plan tells of files."""
    found = [
        (name, each) for name, table in tables.items() for each in table.declared.references if each.referred in tables
    ]
    for name, each in plan.tables.items():
        for column, target in each.references.items():
            parent, _, key = target.rpartition(".")
            for table, wanted in ((name, column), (parent, key)):
                if table not in tables or wanted not in tables[table].schema.names:
                    raise DatamimicError(
                        "learning.bad_plan",
                        f"the reference {name}.{column} of the plan: there is no {table}.{wanted}",
                        hint="references: {customer_id: customers.id}",
                        file=each.place.file,
                        line=each.place.line,
                    )
            found.append((name, DeclaredReference((column,), parent, (key,))))
    return found


def _held(table: SampleTable, condition: Condition, sizes: dict[str, int]) -> Bools:
    columns = list(condition.columns) or table.schema.names[:1]
    parts = [np.asarray(condition.holds(batch), dtype=np.bool_) for batch in table.batches(columns)]
    found: Bools = np.concatenate([np.zeros(0, np.bool_), *parts])
    sizes[table.name] = len(found)
    return found


def _size(name: str, tables: Mapping[str, SampleTable], sizes: dict[str, int]) -> int:
    if name not in sizes:
        sizes[name] = sum(batch.num_rows for batch in tables[name].batches(tables[name].schema.names[:1]))
    return sizes[name]


def _connected(conditions: Mapping[str, Condition], links: Sequence[_Link]) -> set[str]:
    found = set(conditions)
    while True:
        more = {name for each in links for name in (each.child, each.parent) if {each.child, each.parent} & found}
        if more <= found:
            return found
        found |= more


def _down(links: Sequence[_Link], chosen: dict[str, Bools], holds: Mapping[str, Bools], roots: set[str]) -> None:
    """A row comes with each row that it refers to, where its own condition holds; of a table with a condition only the rows
    whose parents, if the parents' table is chosen from, are there too stay chosen."""
    below = set(roots)
    while True:
        more = {each.child for each in links if each.parent in below}
        if more <= below:
            break
        below |= more
    for each in links:
        # Rows whose parents a condition has excluded go with them.
        if each.child in roots and each.parent in roots and each.child != each.parent:
            gone = (each.rows >= 0) & ~holds[each.parent][np.maximum(each.rows, 0)]
            chosen[each.child] &= ~gone
    changed = True
    while changed:
        changed = False
        for each in links:
            if each.parent not in below or not len(chosen[each.parent]):
                continue
            comes = (each.rows >= 0) & chosen[each.parent][np.maximum(each.rows, 0)] & ~chosen[each.child]
            if each.child in holds:
                comes &= holds[each.child]
            if comes.any():
                chosen[each.child] |= comes
                changed = True


def _up(links: Sequence[_Link], chosen: dict[str, Bools]) -> None:
    changed = True
    while changed:
        changed = False
        for each in links:
            needed = each.rows[chosen[each.child] & (each.rows >= 0)]
            if len(needed) and not chosen[each.parent][needed].all():
                chosen[each.parent][needed] = True
                changed = True
