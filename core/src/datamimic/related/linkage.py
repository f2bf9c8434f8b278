"""The linkage report: for every identifier that tables share, how many values are resolved, orphaned and duplicated.

Counted from the values that were written, not from the row numbers behind them. Identifiers are compared by 64-bit
hashes, eight bytes each: among ten million, the chance that two different ones count as the same is 3 in a million.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define
from numpy.typing import NDArray

from datamimic.columns.buffers import arrow_text
from datamimic.engine.references import Ref
from datamimic.model.arrow import decoded
from datamimic.model.spec import spec_of
from datamimic.related.closure import Closure
from datamimic.related.nested import reach, text_paths
from datamimic.related.schema import TableSchema, table_name
from datamimic.related.tallies import Tally

Words = NDArray[np.uint64]
Columns = tuple[str, ...]
_SEPARATOR = arrow_text("\x1f").cast(pa.binary())
_WAITING = 1 << 20
_KEY = (0x6C696E6B61676531, 0x64617461_6D696D69)


@define(eq=False)
class _Named:
    """A column that bears the name of another table's key, without being declared as a reference; or one whose field says
    whose keys it has (`declared`)."""

    path: tuple[str, ...]
    target: str
    key: str
    declared: bool = False


class Linkage:
    """Collects the identifiers of every table while they are written."""

    def __init__(self, closure: Closure, tables: Sequence[TableSchema], schemas: Mapping[str, pa.Schema]) -> None:
        self.closure = closure
        self.tables = tables
        keys = {table.primary_key: table.name for table in tables if table.primary_key}
        shared = [table.primary_key for table in tables]
        self._keys = {(table.name, table.keyed): Tally() for table in tables if table.keyed}
        self._keys |= {(key.table, key.targets): Tally() for table in tables for key in table.foreign_keys}
        self._links: dict[tuple[str, Columns], Tally] = {}
        self._named: dict[str, list[_Named]] = {}
        specs = {table.name: part.spec for table, part in zip(tables, closure.tables, strict=True)}
        for table in tables:
            declared = {key.columns[0] for key in table.foreign_keys if len(key.columns) == 1}
            found = []
            for path in text_paths(schemas[table.name]):
                target = keys.get(path[-1]) if shared.count(path[-1]) == 1 else None
                if not target or target == table.name or path[-1] in declared or path == (table.primary_key,):
                    continue
                own, theirs = specs[table.name].fields.get(path[0]), specs[target].key
                if len(path) == 1 and own is not None and theirs is not None and own.owner is theirs.owner:
                    # A patient inherits the key of a person: it says who she is, it does not refer to somebody.
                    continue
                found.append(_Named(path, target, path[-1]))
            for each in specs[table.name].columns:
                if each.names is not None:
                    theirs_too = closure.world.spec(each.names)
                    found += [
                        _Named((each.column_name,), other.name, other.primary_key, declared=True)
                        for other in tables
                        if other.primary_key and specs[other.name].cls is theirs_too.cls
                    ]
            self._named[table.name] = found
            shown = [key.columns for key in table.foreign_keys]
            for columns in (*sorted(shown), *((".".join(named.path),) for named in found)):
                self._links[table.name, columns] = Tally()

    def add(self, table: TableSchema, batch: pa.RecordBatch) -> None:
        for (name, columns), tally in self._keys.items():
            if name == table.name:
                tally.add(_together(batch, columns))
        for columns in {key.columns for key in table.foreign_keys}:
            self._links[table.name, columns].add(_together(batch, columns))
        for named in self._named[table.name]:
            self._links[table.name, (".".join(named.path),)].add(reach(batch.column(named.path[0]), named.path[1:]))

    def report(self) -> dict[str, Any]:
        """`keys`, `links`, `families`, who is in which `roles`, the columns that must not be joined by
        (`not_joinable`), and the totals `orphaned` and
        `duplicated` of what is declared."""
        keys, found = [], {}
        primary = {(table.name, table.keyed) for table in self.tables}
        for (name, columns), tally in self._keys.items():
            words, counts = tally.merge()
            found[name, columns] = words
            if (name, columns) in primary:
                keys.append(
                    {
                        "table": name,
                        **_said(columns),
                        "rows": tally.rows,
                        "distinct": len(words),
                        "duplicated": int(counts[counts > 1].sum()),
                    }
                )
        links = []
        for table in self.tables:
            for key in table.foreign_keys:
                known = found[key.table, key.targets]
                links.append(self._link(table.name, key.columns, key.table, key.targets, known, True))
            for named in self._named[table.name]:
                column, target = (".".join(named.path),), (named.key,)
                known = found[named.target, target]
                links.append(self._link(table.name, column, named.target, target, known, named.declared))
        return {
            "orphaned": sum(link["orphaned"] for link in links if link["declared"]),
            "duplicated": sum(key["duplicated"] for key in keys),
            "keys": keys,
            "links": links,
            "families": list(self._families()),
            "roles": list(self._roles()),
            "not_joinable": list(self._inherited_keys()),
        }

    def _inherited_keys(self) -> Iterator[dict[str, Any]]:
        """Columns that several tables have from one entity, whose key they are: each table counts its own rows by them."""
        found: dict[tuple[type, str], list[str]] = {}
        for table, part in zip(self.tables, self.closure.tables, strict=True):
            if any(link.is_role for link in part.links):
                continue
            for each in part.spec.columns:
                key = spec_of(each.owner).key
                if key is not None and key.name == each.name:
                    found.setdefault((each.owner, each.name), []).append(table.name)
        for (owner, name), tables in found.items():
            if len(tables) > 1:
                thing = spec_of(owner).name.replace("_", " ")
                yield {
                    "column": name,
                    "tables": tables,
                    "reason": f"each table numbers its own: equal numbers are not the same {thing}",
                }

    def _link(
        self, table: str, columns: Columns, target: str, key: Columns, known: Words, declared: bool
    ) -> dict[str, Any]:
        return {
            "table": table,
            **_said(columns),
            "references": {"table": target, **_said(key)},
            "declared": declared,
            **self._links[table, columns].against(known),
        }

    def known(self, table: TableSchema) -> Words:
        """The hashes of the keys of a table, ascending."""
        return self._keys[table.name, table.keyed].merge()[0]

    def _families(self) -> Iterator[dict[str, Any]]:
        """Per parent and child table, of how many parents every child is in the set."""
        world = self.closure.world
        for table in self.closure.tables:
            for link in table.links:
                if not link.is_parent:
                    continue
                parents = self.closure.table(link.target).rows
                complete = 0
                for rows in parents.pieces():
                    children = world.children(Ref(world, link.target, rows), table.spec.cls, link.field.name)
                    last = np.maximum(children.first + children.counts - 1, 0)
                    inside = (children.counts == 0) | (last < table.rows.prefix)
                    for place in np.flatnonzero(~inside).tolist():
                        first, count = int(children.first[place]), int(children.counts[place])
                        inside[place] = bool(table.rows.holds(np.arange(first, first + count)).all())
                    complete += int(inside.sum())
                yield {
                    "parent": table_name(world, link.target),
                    "child": table_name(world, table.spec),
                    "parents": len(parents),
                    "complete": complete,
                    "incomplete": len(parents) - complete,
                }

    def _roles(self) -> Iterator[dict[str, Any]]:
        """How many rows of a table are in which tables by their roles: patient and customer, patient alone …"""
        world, holders = self.closure.world, list[tuple[type, str, Any]]()
        for table in self.closure.tables:
            for link in table.links:
                if link.is_role:
                    members = [
                        world.batch(table.spec, rows).column(link.field.name).rows for rows in table.rows.pieces()
                    ]
                    rows = np.concatenate(members) if members else np.zeros(0, dtype=np.int64)
                    holders.append((link.target.cls, table_name(world, table.spec), rows))
        for target in dict.fromkeys(cls for cls, _, _ in holders):
            own = [(name, rows) for cls, name, rows in holders if cls is target]
            sets = np.zeros(max(int(rows.max(initial=-1)) for _, rows in own) + 1, dtype=np.int64)
            for bit, (_, rows) in enumerate(own):
                sets[rows] |= 1 << bit
            kinds, counts = np.unique(sets[sets > 0], return_counts=True)
            for kind, count in zip(kinds.tolist(), counts.tolist(), strict=True):
                roles = [name for bit, (name, _) in enumerate(own) if kind >> bit & 1]
                yield {"table": table_name(world, spec_of(target)), "roles": roles, "rows": count}


def render(report: Mapping[str, Any]) -> str:
    """The report as text, a line per identifier."""
    lines = []
    for link in report["links"]:
        target = _written(link["references"])
        mark = "" if link["declared"] else " (same name, not declared)"
        lines.append(
            f"{_written(link)} -> {target}: {link['resolved']:,} resolved, {link['orphaned']:,} orphaned{mark}"
        )
    for key in report["keys"]:
        lines.append(f"{_written(key)}: {key['distinct']:,} distinct, {key['duplicated']:,} duplicated")
    for family in report["families"]:
        lines.append(
            f"{family['parent']}: {family['complete']:,} of {family['parents']:,} rows with all their {family['child']} rows"
        )
    for held in report.get("roles", ()):
        lines.append(f"{held['table']}: {held['rows']:,} rows are in {' and '.join(held['roles'])}")
    for message in report.get("messages", ()):
        lines.append(
            f"{message['message']}: {message['messages']:,} of the rows of {message['table']}, by {message['key']}"
        )
        for link in message["links"]:
            lines.append(
                f"{message['message']}.{link['column']} -> {link['references']}: {link['resolved']:,} resolved, "
                f"{link['orphaned']:,} orphaned (same name, not declared)"
            )
    for shared in report.get("not_joinable", ()):
        lines.append(f"{shared['column']} in {', '.join(shared['tables'])}: do not join by it, {shared['reason']}")
    return "\n".join(lines) + "\n"


def _said(columns: Columns) -> dict[str, Any]:
    return {"column": columns[0]} if len(columns) == 1 else {"columns": [*columns]}


def _written(place: Mapping[str, Any]) -> str:
    """A column, or several together, of a table."""
    several = ", ".join(place.get("columns", ()))
    return f"{place['table']}.({several})" if several else f"{place['table']}.{place['column']}"


def _together(batch: pa.RecordBatch, columns: Columns) -> pa.Array:
    """One value of all columns per row, null where one of them is."""
    if len(columns) == 1 and _is_hashable(batch.column(columns[0]).type):
        return batch.column(columns[0])
    values = [_as_bytes(decoded(batch.column(name))) for name in columns]
    return pc.binary_join_element_wise(*values, _SEPARATOR, null_handling="emit_null")


def _as_bytes(values: pa.Array) -> pa.Array:
    return values if pa.types.is_binary(values.type) else values.cast(pa.string()).cast(pa.binary())


def _is_hashable(kind: pa.DataType) -> bool:
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    return is_text or pa.types.is_dictionary(kind) or pa.types.is_integer(kind) or pa.types.is_binary(kind)
