"""What a privacy budget was spent on, as the files of a model and the command tell it: each column, and the sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

WHOLE: Final = "the whole table"
LEDGER: Final = "_budget.csv"
"""Every statistic, beside the tables of a model; no table of a column is called so."""
_HEADER: Final = ("table", "column", "statistic", "mechanism", "epsilon", "delta", "scale")


def ledger_lines(budget: Mapping[str, Any]) -> list[str]:
    """One line a column, aligned, and a sum for every table and for all. `budget` is what `PrivateSample.to_dict` says."""
    rows: list[tuple[str, float, float]] = []
    for table, ledger in budget["tables"].items():
        rows += [(f"{table}.{each['column']}" if each["column"] is not None else f"{table}, {WHOLE}", each["epsilon"],
                  each["delta"]) for each in ledger["columns"]]  # fmt: skip
        rows.append((f"{table}, sum", ledger["spent"]["epsilon"], ledger["spent"]["delta"]))
    if len(budget["tables"]) > 1:
        spent = [ledger["spent"] for ledger in budget["tables"].values()]
        rows.append(("sum", sum(each["epsilon"] for each in spent), sum(each["delta"] for each in spent)))
    names = [" ".join(name.split()) for name, _, _ in rows]
    width = max(map(len, names), default=0)
    return [f"{name:<{width}}  ε {ε:.6g}, δ {δ:.3g}" for name, (_, ε, δ) in zip(names, rows, strict=True)]


def ledger_table(budget: Mapping[str, Any]) -> Sequence[Sequence[str]]:
    """Every statistic that left the rows, noised: a header and a line each."""
    lines = [_HEADER]
    for table, ledger in budget["tables"].items():
        for each in ledger["entries"]:
            told = (each[name] for name in _HEADER[1:])
            lines.append((table, *("" if cell is None else str(cell) for cell in told)))
    return lines
