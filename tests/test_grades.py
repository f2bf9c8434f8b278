"""Grade D is kept for what measures nothing: it is no way to hide an estimate."""

from __future__ import annotations

import csv
import io

from datamimic import installed_packs
from datamimic.tables.library import Shelf


def test_definitions_hide_no_estimates() -> None:
    packs = installed_packs()
    seen = 0
    for record in packs.packs():
        shelf = Shelf(record.name, packs.dataset_sources(record.name))
        for name, info in shelf.catalog.items():
            if info.grade != "D":
                continue
            seen += 1
            told = f"{info.source} {info.method}"
            assert "estimate" not in told, name
            rows = list(csv.DictReader(io.StringIO(shelf.files[name].read_text(encoding="utf-8"))))
            weights = {row["weight"] for row in rows if "weight" in row}
            assert len(weights) < 2 or "a choice" in told or "invented" in told, (
                f"{name} weighs what it does not measure"
            )
    assert seen >= 50
