"""Encrypted columns that a plan calls reversible, brought back with the key; all others stay masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from datamimic import DatamimicError
from datamimic_learning.masking.columns import applied, encryption
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.plans.plan import Plan
from datamimic_learning.masking.reports import TableReport
from datamimic_learning.samples.sample import SampleTable


class Reversing:
    """`tables` are masked ones. Raises `DatamimicError` (`learning.not_reversible`) for a plan without such a column."""

    def __init__(self, plan: Plan, key: MaskingKey, tables: Mapping[str, SampleTable]) -> None:
        if not plan.reversible:
            raise DatamimicError(
                "learning.not_reversible",
                "no column of the plan can come back",
                hint="{method: encrypt, reversible: true}, before it is masked",
            )
        self._tables = tables
        self._ciphers = {
            (table, column): encryption(plan.tables[table].columns[column], key) for table, column in plan.reversible
        }
        self._reports = {name: TableReport(name) for name in tables}

    def batches(self, table: str, progress: object = None) -> Iterator[pa.RecordBatch]:
        """All rows of a table, in their order."""
        report = self._reports[table]
        for batch in self._tables[table].batches():
            arrays = []
            for field, column in zip(batch.schema, batch.columns, strict=True):
                cipher = self._ciphers.get((table, field.name))
                made = column
                if cipher is not None:
                    report.methods[field.name] = "decrypt"
                    found = applied(lambda values, cipher=cipher: cipher.crypt(values, decrypting=True), column)  # type: ignore[misc]
                    assert found is not None
                    made = found
                arrays.append(made)
            report.rows += batch.num_rows
            report.read = report.rows
            yield pa.RecordBatch.from_arrays(arrays, schema=self.schema(table))

    def schema(self, table: str) -> pa.Schema:
        """Columns and types as they are."""
        return pa.schema([pa.field(each.name, each.type) for each in self._tables[table].schema])

    def finish(self, table: str) -> TableReport:
        return self._reports[table]
