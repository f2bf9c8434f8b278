"""People drawn at random, halves of them, and copies that give away what is planted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

CITIES = ("Aachen", "Bonn", "Celle", "Dresden", "Essen", "Fulda", "Gera", "Halle")


def people(rows: int, seed: int, first: int = 1) -> pa.Table:
    """A key, an e-mail, two categories and four numbers, of which two follow the age, one has nulls."""
    rng = np.random.default_rng(seed)
    age = rng.integers(18, 91, rows)
    income = np.round(800 + 40 * age + rng.exponential(900, rows), 2)
    null = rng.random(rows) < 0.1
    number = np.arange(first, first + rows)
    return pa.table(
        {
            "id": number,
            "email": [f"p{each}@example.org" for each in number],
            "age": age,
            "city": np.array(CITIES)[np.minimum(rng.geometric(0.3, rows) - 1, 7)],
            "smokes": rng.random(rows) < 0.25,
            "income": income,
            "rent": np.round(income * rng.uniform(0.15, 0.45, rows), 2),
            "visits": pa.array(rng.poisson(2.0, rows), mask=null),
        }
    )


def nearly(table: pa.Table, seed: int) -> pa.Table:
    """Every row with its incomes moved by a thousandth: a generator that remembers."""
    rng = np.random.default_rng(seed)
    moved = {
        name: np.round(np.asarray(table[name]) * (1 + rng.uniform(-0.001, 0.001, table.num_rows)), 2)
        for name in ("income", "rent")
    }
    for name, values in moved.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(values))
    return table
