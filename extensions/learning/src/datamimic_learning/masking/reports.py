"""What was done, in counts: no values."""

from __future__ import annotations

from typing import Any

from attrs import define, field


@define
class TableReport:
    """`methods` by column: a method's name, or the entity and field that took the place."""

    table: str
    rows: int = 0
    read: int = 0
    """Rows that the table has; fewer are written of a part."""
    methods: dict[str, str] = field(factory=dict)
    notes: list[str] = field(factory=list)


@define
class MaskReport:
    """`key` is the key's fingerprint. `output` names the place without a password."""

    key: str
    tables: list[TableReport] = field(factory=list)
    output: str | None = None
    notes: list[str] = field(factory=list)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)

    def to_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "output": self.output,
            "rows": self.rows,
            "tables": [
                {
                    "table": each.table,
                    "rows": each.rows,
                    "rows_read": each.read,
                    "columns": each.methods,
                    "notes": each.notes,
                }
                for each in self.tables
            ],
            "notes": self.notes,
        }
