"""A plan at work on tables: batches in, batches out, the same whatever their size and order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic import Clock, DatamimicError
from datamimic_learning.masking.collisions import Collisions
from datamimic_learning.masking.columns import OfDistinct, applied, encryption, of_distinct, shuffled, unfit
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.methods.canonical import canonical, joined
from datamimic_learning.masking.methods.coarsening import shifted
from datamimic_learning.masking.methods.digests import matrix_digests
from datamimic_learning.masking.methods.encrypting import Encryption
from datamimic_learning.masking.methods.fitting import months_first
from datamimic_learning.masking.methods.free_text import Spans
from datamimic_learning.masking.methods.population import Population
from datamimic_learning.masking.methods.records import is_nested, within
from datamimic_learning.masking.methods.traits import Traits
from datamimic_learning.masking.plans.catalogue import METHODS
from datamimic_learning.masking.plans.checking import check_plan
from datamimic_learning.masking.plans.plan import ColumnPlan, Plan, TablePlan
from datamimic_learning.masking.reports import TableReport
from datamimic_learning.masking.running_text import Speaking
from datamimic_learning.masking.strays import Strays
from datamimic_learning.masking.subjects import Subjects, subject_digests
from datamimic_learning.samples.pieces import of_rows, one_piece
from datamimic_learning.samples.sample import SampleTable

Progress = Callable[[str, int], None]
"""Called with a table and how many of its rows are done."""
BATCH_ROWS = 1 << 16
GATHERED_ROWS = 1 << 18
GATHERED_CELLS = 1 << 22


class Masks(Protocol):
    """What gives the rows that are written."""

    def batches(self, table: str, progress: Progress | None = None) -> Iterator[pa.RecordBatch]: ...

    def schema(self, table: str) -> pa.Schema: ...

    def finish(self, table: str) -> TableReport: ...


class Masking:
    """`tables` are read as often as is needed: once, and before that the columns that shuffling, kept traits and running text
    must know whole. Raises `BadPlan` for a plan that does not fit the tables."""

    def __init__(
        self, plan: Plan, key: MaskingKey, tables: Mapping[str, SampleTable], *, spans: Spans | None = None
    ) -> None:
        check_plan(plan, tables)
        self.plan = plan
        self._key = key
        self._tables = tables
        self._month_first = months_first(plan.locale)
        self._traits: dict[str, Traits] = {}
        self._made = {name: self._table(plan.tables[name], tables[name]) for name in tables}
        self._speaking = Speaking(plan, key, {name: each.subjects for name, each in self._made.items()}, spans)
        self._learn()

    def report(self, table: str) -> TableReport:
        return self._made[table].report

    def batches(self, table: str, progress: Progress | None = None) -> Iterator[pa.RecordBatch]:
        """All rows of a table, masked, in their order."""
        made, start = self._made[table], 0
        # Those who take the places are made for each sex and band of ages by themselves: of more rows, more at once.
        most = BATCH_ROWS
        if any(each.traits is not None for each in made.subjects):
            most = max(BATCH_ROWS, min(GATHERED_ROWS, GATHERED_CELLS // max(len(self._tables[table].schema), 1)))
        for some in of_rows(self._tables[table].batches(), most):
            yield self._batch(made, some, start)
            start += some.num_rows
            made.report.read = start
            if progress is not None:
                progress(table, start)

    def masked(self, table: str, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Some rows of a table, wherever they stand in it. Raises `DatamimicError` (`learning.needs_whole`) for a table of
        which a column is shuffled, since then it is asked where the rows stand."""
        made = self._made[table]
        if made.shuffles:
            raise DatamimicError(
                "learning.needs_whole",
                f"columns of {table} are shuffled, for which all rows are needed",
                hint="use batches",
            )
        return self._batch(made, batch, 0)

    def schema(self, table: str) -> pa.Schema:
        """Columns and types as they were, all of which may be null."""
        return pa.schema([pa.field(each.name, each.type) for each in self._tables[table].schema])

    def finish(self, table: str) -> TableReport:
        """The report, with what is known only at the end."""
        made = self._made[table]
        for name, collisions in made.collisions.items():
            if count := collisions.count():
                made.report.notes.append(
                    f"{name}: {count:,} different originals became what another one became, since there are few such values; "
                    "encrypt keeps them apart"
                )
        for name, strays in made.strays.items():
            if strays.found:
                made.report.notes.append(f"{name}: kept values hold {strays.said}; the method text replaces them")
        for name, cipher in made.encryptions.items():
            if cipher.of_small_spaces:
                made.report.notes.append(
                    f"{name}: {cipher.of_small_spaces:,} values are of a form of which there are fewer than 1,000,000"
                )
            if cipher.in_no_alphabet:
                made.report.notes.append(
                    f"{name}: {cipher.in_no_alphabet:,} values are in letters that are not encrypted; digests stand for them"
                )
        return made.report

    # -- setting up ---------------------------------------------------------------------------------------------

    def _table(self, plan: TablePlan, table: SampleTable) -> _Table:
        made = _Table(plan, TableReport(table.name))
        for subject in plan.subjects:
            population = Population(
                self._key,
                subject.entity,
                tuple(dict.fromkeys(subject.columns.values())),
                self.plan.locale,
                self.plan.clock,
            )
            traits = None
            if subject.keep:
                clock: date = Clock.parse(self.plan.clock).at.date()
                traits = self._traits.setdefault(subject.domain, Traits(subject.keep, clock))
            made.subjects.append(Subjects(subject, self._key, population, self.plan.normal, traits, self.plan.locale))
            for column, field in subject.columns.items():
                made.report.methods[column] = f"{subject.entity}.{field}"
        for column in table.schema.names:
            if column in made.report.methods:
                continue
            each = plan.columns.get(column)
            method = each.method if each is not None else plan.otherwise
            made.report.methods[column] = method
            if each is None:
                each = ColumnPlan(method, METHODS[method].defaults)
            if method == "keep":
                made.strays[column] = Strays()
            if method in ("keep", "text", "shuffle", "shift"):
                continue
            if method == "encrypt":
                made.encryptions[column] = encryption(each, self._key)
                made.distinct[column] = made.encryptions[column].crypt
            else:
                made.distinct[column] = of_distinct(each, self._key, self.plan.normal, month_first=self._month_first)
        return made

    def _learn(self) -> None:
        """What must be known of whole tables before the first row."""
        for name, table in self._tables.items():
            made, plan = self._made[name], self.plan.tables[name]
            for column, each in plan.columns.items():
                if each.method == "shuffle":
                    whole = table.read(list(dict.fromkeys([column, *each["within"]]))).combine_chunks()
                    within = [canonical(one_piece(whole.column(other))) for other in each["within"]]
                    made.shuffles[column] = shuffled(
                        self._key.of("shuffle", f"{name}\x1f{column}"),
                        one_piece(whole.column(column)),
                        joined(within) if within else None,
                    )
            for subject in made.subjects:
                if subject.traits is not None:
                    self._learn_traits(subject, subject.traits, table)
        if any(each.method == "text" for plan in self.plan.tables.values() for each in plan.columns.values()):
            for name, table in self._tables.items():
                self._speaking.learn(name, table)

    def _learn_traits(self, subject: Subjects, traits: Traits, table: SampleTable) -> None:
        few = subject.telling_traits
        for batch in table.batches(few):
            columns = _columns(batch)
            if subject.lacks_keys(columns):
                break
            traits.learn(subject.digests(columns), subject.codes(columns, batch.num_rows))
        else:
            return
        # Some are told apart by all their columns; what was learnt is learnt again.
        for batch in table.batches(list(dict.fromkeys([*subject.plan.key, *subject.plan.columns]))):
            columns = _columns(batch)
            traits.learn(subject.digests(columns), subject.codes(columns, batch.num_rows))

    # -- a batch ------------------------------------------------------------------------------------------------

    def _batch(self, made: _Table, batch: pa.RecordBatch, start: int) -> pa.RecordBatch:
        plan, before = made.plan, _columns(batch)
        after = dict(before)
        words = [subject.digests(before) for subject in made.subjects]
        for subject, whose in zip(made.subjects, words, strict=True):
            replaced = subject.replaced(before, whose)
            after.update(replaced)
            if (telling := subject.telling) is not None:
                collisions = made.collisions.setdefault(telling, Collisions(self._key.of("collisions", "")))
                collisions.add(whose, replaced[telling])
        for column, method in made.distinct.items():
            found = applied(method, before[column])
            if found is None:
                raise unfit(plan.name, column, made.report.methods[column])
            after[column] = found
        for column, whole in made.shuffles.items():
            after[column] = whole.slice(start, batch.num_rows)
        for column, each in plan.columns.items():
            if each.method == "shift":
                after[column] = self._shifted(made, column, each, before, words)
        masked = {name: before[name] for name in before if before[name] is not after[name]}
        subjects = [(subject.plan.domain, whose) for subject, whose in zip(made.subjects, words, strict=True)]
        for column, each in plan.columns.items():
            if each.method == "text":
                after[column] = self._texts(each, before[column], masked, after, subjects)
        for column, strays in made.strays.items():
            strays.add(before[column])
        made.report.rows += batch.num_rows
        arrays = [after[field.name] for field in batch.schema]
        return pa.RecordBatch.from_arrays(
            [
                array if array.type == field.type else array.cast(field.type)
                for array, field in zip(arrays, batch.schema, strict=True)
            ],
            schema=pa.schema([pa.field(each.name, each.type) for each in batch.schema]),
        )

    def _texts(
        self,
        each: ColumnPlan,
        values: pa.Array,
        masked: Mapping[str, pa.Array],
        after: Mapping[str, pa.Array],
        subjects: Sequence[tuple[str, NDArray[np.uint64]]],
    ) -> pa.Array:
        text = self._speaking.text(each["domain"])
        if not is_nested(values.type):
            return text.masked(values, masked, after, subjects, each["parts"])

        def of_rows(texts: pa.Array, rows: NDArray[np.int64], parts: Mapping[str, str]) -> pa.Array:
            taken = pa.array(rows)
            own = {name: array.take(taken) for name, array in masked.items()}
            made = {name: after[name].take(taken) for name in masked}
            return text.masked(texts, own, made, [(domain, whose[rows]) for domain, whose in subjects], parts)

        return within(values, each["parts"], of_rows)

    def _shifted(self, made: _Table, column: str, each: Any, before: Mapping[str, pa.Array], words: Any) -> pa.Array:
        if each["by"]:
            by = [before[name] for name in each["by"]]
            whose = subject_digests(self._key, each["domain"], by, [], self.plan.normal)
        else:
            whose = words[0]
        secret = self._key.of("shift", each["domain"])

        drawn = matrix_digests(secret, np.ascontiguousarray(whose).view(np.uint8).reshape(-1, 8))
        found = shifted(drawn, before[column], each["days"], month_first=self._month_first)
        if found is None:
            raise unfit(made.plan.name, column, "shift")
        return found


class _Table:
    def __init__(self, plan: TablePlan, report: TableReport) -> None:
        self.plan = plan
        self.report = report
        self.subjects: list[Subjects] = []
        self.distinct: dict[str, OfDistinct] = {}
        self.encryptions: dict[str, Encryption] = {}
        self.shuffles: dict[str, pa.Array] = {}
        self.collisions: dict[str, Collisions] = {}
        self.strays: dict[str, Strays] = {}


def _columns(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    found = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        found[name] = pc.cast(column, pa.string()) if pa.types.is_string_view(column.type) else column
    return found
