"""Foreign keys of a table as they are made: which columns each shows, which it shares with those before it, and what
parents they need of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from attrs import evolve, field, frozen

from datamimic_models.compiling.counts import Counted
from datamimic_models.compiling.fields import reference_of, shows_itself
from datamimic_models.compiling.once import comes_once, unique_sets
from datamimic_models.model import ForeignKey, Mistakes, Model, Table

Place = tuple[str, str]
"""Of a column: table and name."""


@frozen
class Need:
    """A parent comes into question only where a row of `table` has the same values in `theirs` as it has in `columns`: another
    key that may not be null refers to that row."""

    columns: tuple[str, ...]
    table: str
    theirs: tuple[str, ...]


@frozen
class KeyPlan:
    """How a foreign key is made: by a `reference` that shows its column itself, or by a hidden one whose fields `shows` are.

    `alike` are columns that keys before it show, with those of the parent: the row that is referred to has the same there.
    `once`: no two rows refer to one; `covers`: every parent is referred to; `counts`: it counts the rows.
    """

    key: ForeignKey
    reference: str
    hidden: bool
    nullable: bool
    once: bool
    to_itself: bool
    shows: tuple[str, ...]
    alike: tuple[tuple[str, str], ...] = ()
    needs: tuple[Need, ...] = ()
    covers: bool = False
    counts: Mapping[int, float] | None = field(default=None, eq=False)
    expression: str = ""

    @property
    def counting(self) -> bool:
        """Do the parents say how many rows there are?"""
        return self.counts is not None or bool(self.expression)

    def parent_column(self, column: str) -> str:
        return self.key.parent_columns[self.key.columns.index(column)]


def keys_of(
    model: Model, fields: Mapping[str, Mapping[str, str]], counts: Mapping[str, Counted], mistakes: Mistakes
) -> dict[str, tuple[KeyPlan, ...]]:
    """The keys of every table, in the order in which they are made. Keys that get their values from each other are mistakes."""
    late: list[ForeignKey] = []
    while True:
        found = {
            each.name: ()
            if each.source is not None
            else tuple(_in_order(each, model, fields[each.name], counts[each.name], late))
            for each in model.tables
        }
        circle = _circle(found)
        if circle is None:
            break
        # Of columns that several keys share, another key may be the one that shows them.
        shared = [each for place in circle if (each := _shared(found, place)) is not None]
        shared = [each for each in shared if all(each is not other for other in late)]
        if not shared:
            _tell(circle, found, model, mistakes)
            return found
        late.append(shared[0])
    for table in model.tables:
        for later in found[table.name]:
            if not later.nullable and later.alike and not later.to_itself:
                _provide(table, later, found, counts, mistakes)
    return found


def _shared(keys: Mapping[str, Iterable[KeyPlan]], place: Place) -> ForeignKey | None:
    """The key that shows a column, where another key might."""
    table, column = place
    plans = [each for each in keys[table] if column in each.key.columns]
    return next((each.key for each in plans if column in each.shows and not each.counting and len(plans) > 1), None)


def _in_order(
    table: Table, model: Model, fields: Mapping[str, str], counted: Counted, late: list[ForeignKey]
) -> Iterator[KeyPlan]:
    """What counts rows first, then keys of the primary key, then those of unique columns; keys to the table itself and `late`
    ones after the others, and wide ones before narrow ones."""
    primary, unique = set(table.primary_key), set().union(*unique_sets(table))
    ordered = sorted(
        table.foreign_keys,
        key=lambda key: (
            counted.key is not key,
            any(key is each for each in late),
            not set(key.columns) <= primary,
            not set(key.columns) & primary,
            not set(key.columns) & unique,
            key.parent_table == table.name,
            -len(key.columns),
        ),
    )
    shown: set[str] = set()
    for key in ordered:
        counting = counted.key is key
        shows = tuple(name for name in key.columns if name not in shown)
        pairs = zip(key.columns, key.parent_columns, strict=True)
        shown |= set(shows)
        yield KeyPlan(
            key,
            reference_of(key, table, model, fields),
            not shows_itself(key, table, model),
            not counting and bool(shows) and all(table.column(each).nullable for each in shows),
            comes_once(key, table),
            key.parent_table == table.name,
            shows,
            tuple(pair for pair in pairs if pair[0] not in shows),
            counts=counted.shares if counting else None,
            expression=counted.expression if counting else "",
        )


def _sources(keys: Mapping[str, Iterable[KeyPlan]]) -> dict[Place, set[Place]]:
    """Which columns a column of a key has its values from."""
    found: dict[Place, set[Place]] = {}
    for table, plans in keys.items():
        for each in plans:
            for column in each.shows:
                sources = found.setdefault((table, column), set())
                sources.add((each.key.parent_table, each.parent_column(column)))
                sources |= {(table, own) for own, _ in each.alike}
                for need in each.needs:
                    sources |= {(need.table, name) for name in need.theirs}
    return found


def _circle(keys: Mapping[str, Iterable[KeyPlan]]) -> list[Place] | None:
    try:
        TopologicalSorter(_sources(keys)).prepare()
    except CycleError as error:
        circle: list[Place] = error.args[1]
        return circle
    return None


def _tell(circle: list[Place], keys: Mapping[str, tuple[KeyPlan, ...]], model: Model, mistakes: Mistakes) -> None:
    table, column = circle[0]
    key = next(each for each in keys[table] if column in each.shows)
    said = " → ".join(f"{name}.{own}" for name, own in reversed(circle))
    mistakes.add(
        "models.circle",
        f"foreign keys have their values from each other: {said}",
        key.key.place if key.key.place.line else model.table(table).place,
        hint=f"a key of its own for one of the tables, with the foreign key {table}.{column} in a column beside it",
    )


def _provide(
    table: Table,
    later: KeyPlan,
    found: dict[str, tuple[KeyPlan, ...]],
    counts: Mapping[str, Counted],
    mistakes: Mistakes,
) -> None:
    """See to it that `later`, which is never null, finds a row with the columns that it shares: the keys that show these pick
    parents for which there is one; or, where the parents of that row are this table's rows, it covers them all."""
    for number, earlier in enumerate(found[table.name]):
        common = [(own, theirs) for own, theirs in later.alike if own in earlier.shows]
        if not common:
            continue
        need = Need(
            tuple(earlier.parent_column(own) for own, _ in common),
            later.key.parent_table,
            tuple(theirs for _, theirs in common),
        )
        if earlier.key.parent_table == need.table and need.columns == need.theirs:
            continue  # The parent itself is such a row.
        if earlier.counting or _with(found, table.name, number, evolve(earlier, needs=(*earlier.needs, need))):
            continue
        if not _covered(table, later, found, counts):
            rows, enough = later.key.parent_table, counts[table.name].rows
            mistakes.add(
                "models.circle",
                f"{table.name}.({', '.join(later.key.columns)}) is never null and needs rows of {rows} that need its own",
                later.key.place if later.key.place.line else table.place,
                hint=f"let {' or '.join(later.shows) or 'the key'} be null, or make at least {enough} rows of {rows}",
            )


def _with(found: dict[str, tuple[KeyPlan, ...]], table: str, number: int, key: KeyPlan) -> bool:
    """Put the key in its place, unless the columns would have their values from themselves; whether it is."""
    tried = {**found, table: tuple(key if at == number else each for at, each in enumerate(found[table]))}
    if _circle(tried) is not None:
        return False
    found[table] = tried[table]
    return True


def _covered(
    table: Table, later: KeyPlan, found: dict[str, tuple[KeyPlan, ...]], counts: Mapping[str, Counted]
) -> bool:
    """Let the rows that `later` refers to cover this table's, if they can: each of these has one then."""
    other = later.key.parent_table
    if counts[other].rows < counts[table.name].rows:
        return False
    for number, back in enumerate(found[other]):
        shows = {(own, back.parent_column(own)) for own in back.shows}
        plain = not (back.nullable or back.counting or back.alike or back.needs)
        if back.key.parent_table == table.name and plain and {(theirs, own) for own, theirs in later.alike} <= shows:
            covering = evolve(back, covers=not back.once or counts[other].rows > counts[table.name].rows)
            found[other] = tuple(covering if at == number else each for at, each in enumerate(found[other]))
            return True
    return False
