"""A sample, learned: the model of all of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from datamimic import DatamimicError
from datamimic_learning.failures import told_without_values
from datamimic_learning.learning.counting import LEAST, Counting
from datamimic_learning.learning.nobodys import of_nobody
from datamimic_learning.learning.reading import rows_of
from datamimic_learning.learning.reference import Reference
from datamimic_learning.learning.relations import relations_of
from datamimic_learning.learning.table_maker import TableMaker
from datamimic_learning.learning.writing import LearnedModel
from datamimic_learning.samples.opening import open_sample
from datamimic_learning.samples.sample import Sample
from datamimic_models import Model
from datamimic_models.reading.pack_names import pack_name

MOST_COLUMNS = 1_000
"""Of a table: half a million pairs of columns are counted then, which takes minutes."""


@frozen
class Learned:
    """What was learned, before it is written: `write("shop.yaml")`, or `write("shop")` for a folder."""

    tables: LearnedModel
    rows: Mapping[str, int]
    relations: Sequence[Reference] = field(factory=tuple)

    def write(self, place: str | Path) -> Path:
        """The YAML file; CSV tables are beside it. Raises `DatamimicError` (`learning.output_unwritable`)."""
        return self.tables.write(Path(place))

    def model(self, place: str | Path) -> Model:
        """Written, and read as any model is."""
        return Model.load(self.write(place))


@told_without_values
def learn(
    what: object,
    *,
    name: str | None = None,
    date: str | None = None,
    least: int = LEAST,
    keys: Mapping[str, str] | None = None,
    references: Iterable[str | Reference] = (),
    budget: str | None = None,
    ledger: Mapping[str, Any] | None = None,
    told: Callable[[str, str], None] = lambda phase, table: None,
) -> Learned:
    """Learn the tables of a sample: a path, a data frame, or what `open_sample` gives.

    `least`: no value that fewer rows have is told. `keys` are columns by table whose values tell rows apart,
    `references` such as
    `orders.customer_id=customers.id`; both are found where they are not said. `date` is what the model says of its
    age; without it
    the last day that any column names. `budget` is what the model says
    of the privacy of
    the rows that are given, such as those of `private_sample`: `under ε = 1`; `ledger` is its `to_dict()`, which the files of
    the model tell.

    Raises `DatamimicError` (`learning.no_rows`, `learning.too_many_columns`, `learning.bad_reference`), and what opening
    raises.
    """
    sample = what if isinstance(what, Sample) else open_sample(what)
    counting = Counting(max(least, 1))
    read = {}
    for each, table in sample.tables.items():
        told("reading", each)
        read[each] = rows_of(table, len(sample.tables) > 1)
    tables = {each: rows for each, (rows, _) in read.items()}
    counted = {each: rows for each, (_, rows) in read.items()}
    if not any(rows.num_columns for rows in tables.values()) or not all(counted.values()):
        empty = next((each for each, rows in counted.items() if not rows), "it")
        raise DatamimicError("learning.no_rows", f"there is nothing to learn from: {empty} has no rows")
    for each, rows in tables.items():
        if rows.num_columns > MOST_COLUMNS:
            raise DatamimicError(
                "learning.too_many_columns",
                f"{each} has {rows.num_columns:,} columns; what each tells of every other is learned of {MOST_COLUMNS:,}",
                hint="learn a table with those that matter",
            )
    said = [each if isinstance(each, Reference) else Reference.read(each) for each in references]
    relations = relations_of(sample, tables, said, keys or {})
    apart = {
        each: {name for one in relations.references[each] for name in one.columns} | {relations.keys[each] or ""}
        for each in tables
    }
    for own in relations.references.values():
        for one in own:
            apart[one.parent] |= {*one.parent_columns}
    tables = {each: of_nobody(table, apart[each]) for each, table in tables.items()}
    maker = TableMaker(tables, counted, relations, counting, sample, date)
    made = {}
    for each in relations.order:
        told("learning", each)
        made[each] = maker.table(each)
    model_name = pack_name(name or _stem(sample))
    left_out = {f"{table}.{column}": why for table, own in maker.left_out.items() for column, why in own.items()}
    source = f"learned from {Path(sample.place).name}: {', '.join(f'{each} ({rows:,} rows)' for each, rows in counted.items())}"
    source += f"; no value that fewer than {counting.least} rows have is in it" if counting.least > 1 else ""
    source += f", {budget}" if budget else ""
    # One table has the rows that the model says, so that a run can ask for other ones.
    head = {"rows": next(iter(counted.values()))} if len(counted) == 1 else {}
    model = LearnedModel(model_name, [made[each] for each in relations.order], source, head, left_out, ledger)
    return Learned(model, counted, tuple(each for own in relations.references.values() for each in own))


def _stem(sample: Sample) -> str:
    if len(sample.tables) == 1:
        return next(iter(sample.tables))
    return Path(sample.place.partition("#")[0].rstrip("/")).stem or "learned"
