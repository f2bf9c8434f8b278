"""A sample whose rows are private: what a learner is given in place of the originals when there is a budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
from attrs import frozen

from datamimic import DatamimicError
from datamimic_learning.failures import told_without_values
from datamimic_learning.privacy.noise.domains import Domain
from datamimic_learning.privacy.noise.ledger import Ledger
from datamimic_learning.privacy.noise.private_rows import private_rows
from datamimic_learning.privacy.noise.statistics import NoisedStatistics
from datamimic_learning.samples.sample import Sample, SampleTable


@frozen
class PrivateSample:
    """`sample` has the tables of the originals by name, with rows that are nobody's; `ledgers` say what each cost."""

    sample: Sample
    ledgers: Mapping[str, Ledger]
    rows_per_person: int

    def to_dict(self) -> dict[str, Any]:
        """What the file of a model, or a manifest, says of the budget."""
        return {
            "epsilon": float(sum(each.epsilon for each in self.ledgers.values())),
            "delta": float(sum(each.delta for each in self.ledgers.values())),
            "unit": f"a person, who brings at most {self.rows_per_person} rows to a table",
            "reproducible": False,
            "why": "the noise comes from the system's secure randomness and has no seed; learning again gives another model",
            "tables": {name: each.to_dict() for name, each in self.ledgers.items()},
        }


@told_without_values
def private_sample(
    sample: Sample,
    epsilon: float,
    delta: float = 0.0,
    domains: Mapping[str, Domain] | None = None,
    rows_per_person: int = 1,
) -> PrivateSample:
    """All tables of a sample under one budget, which they share evenly: tables tell of the same people, so that it adds up.

    `domains` are by column, or by `table.column`. A declared primary key of one column is a key. References between tables
    are not kept: a key of private rows names nobody. Raises `DatamimicError`: `learning.bad_budget`, `learning.bad_domains`,
    `learning.needs_delta`, `learning.not_installed`.
    """
    whole = Ledger.opened(epsilon, delta)
    if rows_per_person < 1:
        raise DatamimicError("learning.bad_budget", f"a person brings {rows_per_person} rows", hint="at least 1")
    count = len(sample.tables)
    known = {f"{name}.{column}" for name, table in sample.tables.items() for column in table.schema.names}
    known |= {column for table in sample.tables.values() for column in table.schema.names}
    if unknown := [name for name in domains or {} if name not in known]:
        raise DatamimicError("learning.bad_domains", f"{unknown[0]} is no column", hint="name it as the table does")
    tables, ledgers = {}, {}
    for name, table in sample.tables.items():
        ledger = Ledger(whole.epsilon / count, whole.delta / count)
        rows = private_rows(table.read(), NoisedStatistics(ledger, rows_per_person), _own(table, domains or {}))
        tables[name] = SampleTable(
            name, table.place, rows.schema, rows.num_rows, partial(_batches, rows), table.declared
        )
        ledgers[name] = ledger
    return PrivateSample(Sample(sample.place, tables, sample.notes), ledgers, rows_per_person)


def _own(table: SampleTable, domains: Mapping[str, Domain]) -> dict[str, Domain]:
    found = {}
    for column in table.schema.names:
        said = domains.get(f"{table.name}.{column}", domains.get(column))
        if said is None and table.declared.primary_key == (column,):
            said = Domain(key=True)
        if said is not None:
            found[column] = said
    return found


def _batches(rows: pa.Table, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    yield from (rows if columns is None else rows.select(columns)).to_batches(max_chunksize=1 << 16)
