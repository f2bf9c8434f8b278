"""Where this pack's tables go, and the two shapes that several of its scripts write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from datamimic.tables.build import write_table

DATA_DIR = Path(__file__).parents[1] / "src" / "datamimic_pack_public_sector" / "data"

HAND = "hand-entered"
OWN = "compiled for datamimic from general knowledge of the field"


def publish(
    script: str,
    name: str,
    country: str | None,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    source: str,
    grade: str,
    date: str,
    url: str = "",
    licence: str = "facts; own compilation, MIT",
    method: str = HAND,
) -> None:
    """Write one table of this pack; `script` is the file that calls."""
    write_table(
        DATA_DIR, name, country, columns, rows,
        source=source, url=url, licence=licence, date=date, method=f"data-build/{Path(script).name}: {method}", grade=grade,
    )  # fmt: skip


def quantiles(*points: tuple[float, float]) -> list[tuple[float, float]]:
    """(quantile, value) pairs, checked: from 0 to 1, both ascending."""
    if points[0][0] != 0 or points[-1][0] != 1 or list(points) != sorted(points, key=lambda p: (p[0], p[1])):
        raise ValueError(f"not a quantile function: {points}")
    if any(later[1] < earlier[1] for earlier, later in pairwise(points)):
        raise ValueError(f"values fall: {points}")
    return list(points)


def shared_rows(sets: dict[str, Any]) -> list[tuple[str, str, float]]:
    """Rows (key, item, share) of `{key: "item 1=0.9; item 2; …"}`; an item without a share is always there (1)."""
    rows = []
    for key, text in sets.items():
        for part in text.split(";"):
            item, _, share = part.strip().partition("=")
            rows.append((key, item.strip(), float(share) if share else 1.0))
    return rows
