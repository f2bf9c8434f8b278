"""The tables of the pack: each has a source and the digest that it says, for every complete country."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from datamimic.tables.catalog import Catalog

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_public_sector" / "data"
CATALOG = Catalog.parse((DATA / "data.toml").read_text(encoding="utf-8"))
FILES = {path.stem: path for path in DATA.glob("*.csv")}


def test_every_table_says_where_it_comes_from() -> None:
    assert set(CATALOG.tables) == set(FILES)
    for stem, info in CATALOG.tables.items():
        content = FILES[stem].read_bytes()
        assert hashlib.sha256(content).hexdigest() == info.sha256, stem
        assert info.rows == content.count(b"\n") - 1
        assert info.source
        assert info.licence
        assert info.method.startswith("data-build/")
        assert not set("\r") & set(content.decode())


def test_the_five_countries_have_the_same_tables() -> None:
    names = {
        country: {stem[:-3] for stem in FILES if stem.endswith(f"_{country}")}
        for country in ("US", "DE", "VN", "GB", "FR")
    }
    optional = {"counties", "state_codes", "motor_vehicle_agencies", "county_offices", "city_quarters", "state_police"}
    needed = names["VN"]
    for country, own in names.items():
        assert own - optional == needed - optional, country


@pytest.mark.parametrize("stem", sorted(FILES))
def test_cells_are_trimmed_and_weights_positive(stem: str) -> None:
    patterns = {"before", "between", "after", "area_before", "area_between", "area_after"}
    with FILES[stem].open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert all(cell == cell.strip() for name, cell in row.items() if name not in patterns)
            assert float(row.get("weight", 1)) > 0
            free = ("school_grades", "office_departments", "pupil_shares")
            assert 0 < float(row.get("share", 0.5)) <= 1 or stem.startswith(free)


def test_the_pack_stays_small() -> None:
    assert sum(path.stat().st_size for path in FILES.values()) < 2_000_000
