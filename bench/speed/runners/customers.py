"""The table of the race: customers, as CSV, of which every runner reads the columns that it masks."""

from __future__ import annotations

COLUMNS = [
    "customer_id", "gender", "first_name", "last_name", "email", "phone", "birth_date", "address", "city", "state", "zip",
    "card_number",
]  # fmt: skip


def masked_columns(case: str) -> list[str]:
    """Of the case `columns`, those of a table; of `notes`, a column of running text too."""
    return [*COLUMNS, "notes"] if case == "notes" else COLUMNS
