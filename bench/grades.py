"""How much of what is drawn rests on estimates: cells of fields by the grade of the tables that they read.

For each entity of a pack so many rows are made in five countries with all their columns, watched as for an explanation. A
field that reads a table counts as many cells as rows of it were made (what is made once for a whole country as two of each
row asked, at most), once for every table that it reads; entities count alike. So a table that every name asks for weighs more
than one that a device is drawn from once.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from datamimic import GRADES, World
from datamimic.base.observation import WATCHING
from datamimic.reproducing.explanation.recording import Recorder

LOCALES = ("en_US", "de_DE", "fr_FR", "en_GB", "vi_VN")
PACKS = ("common", "healthcare", "public_sector")
MOST = 40
"""Tables of grade E that are named."""
Cells = Counter[tuple[str, str, str]]


def drawn(entity: str, locale: str, count: int) -> Cells:
    """Cells per row of the entity by (pack, table, grade)."""
    world = World("grades", locale)
    rows = world[entity]
    recorder = Recorder(world)
    watching = WATCHING.set(recorder)
    try:
        batch = rows.batch(np.arange(count, dtype=np.int64))
        for name in rows.spec.fields:
            batch.column(name)
    finally:
        WATCHING.reset(watching)
    cells: Cells = Counter()
    for node in recorder.nodes:
        for entry in () if node.is_given else node.tables:
            pack, table = recorder.pack_of(entry["table"]), entry["table"].file.removesuffix(".csv")
            info = world.shelf(pack).catalog.get(table) if pack else None
            if info is not None:
                cells[pack, table, info.grade] += min(len(node.batch.rows), 2 * count) / count  # type: ignore[assignment]
    return cells


def shares(cells: Cells) -> dict[str, float]:
    """Per cent by grade."""
    whole = sum(cells.values())
    return {grade: 100 * sum(n for key, n in cells.items() if key[2] == grade) / whole for grade in GRADES}


def measure(count: int) -> int:
    packs = World("grades").packs
    every: Cells = Counter()
    for pack in PACKS:
        found: Cells = Counter()
        for name in packs.entities():
            if name.startswith(f"{pack}."):
                for locale in LOCALES:
                    found.update(drawn(name, locale, count))
        print(f"{pack}: " + ", ".join(f"{grade} {share:.1f} %" for grade, share in shares(found).items()))
        every.update(found)
    print("Most drawn of grade E, cells per row of all entities:")
    estimates = [(cells, f"{pack}.{table}") for (pack, table, grade), cells in every.most_common() if grade == "E"]
    for cells, table in estimates[:MOST]:
        print(f"{cells:8.1f} {table}")
    return 0
