"""How a pack's `data-build` scripts write tables: one CSV and its entry in `data.toml` in one call."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from datamimic.errors import excerpt
from datamimic.tables.catalog import Catalog, TableInfo, digest

FIRST_DATA_VERSION = "2026.11.0"


def write_table(
    folder: Path | str,
    name: str,
    country: str | None,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    source: str,
    licence: str,
    date: str,
    method: str,
    grade: str,
    url: str = "",
) -> Path:
    """Write `<name>_<country>.csv` (`<name>.csv` without a country) and its entry in `<folder>/data.toml`.

    Floats are written with `repr`, everything else with `str`; None becomes an empty cell. The same arguments give
    the same bytes. Raises ValueError for a row whose length is not that of `columns`, a repeated column, or no row.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if len(set(columns)) != len(columns):
        raise ValueError(f"{name}: a column is named twice in {list(columns)}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"{name}: row {count + 1} has {len(row)} cells, not {len(columns)}: {excerpt(row)}")
        writer.writerow([repr(cell) if isinstance(cell, float) else cell for cell in row])
        count += 1
    if not count:
        raise ValueError(f"{name}: a table needs at least one row")
    content = text.getvalue().encode()
    stem = f"{name}_{country}" if country else name
    path = folder / f"{stem}.csv"
    path.write_bytes(content)

    catalog_path = folder / "data.toml"
    if catalog_path.exists():
        catalog = Catalog.parse(catalog_path.read_text(encoding="utf-8"))
    else:
        catalog = Catalog(FIRST_DATA_VERSION)
    info = TableInfo(
        source=source,
        url=url,
        licence=licence,
        date=date,
        method=method,
        grade=grade,
        rows=count,
        sha256=digest(content),
    )
    catalog_path.write_text(catalog.with_table(stem, info).render(), encoding="utf-8", newline="\n")
    return path
