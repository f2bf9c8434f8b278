"""The tables of people: rerunnable to the byte, without holes, with sources."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from datamimic import Table
from datamimic.tables.catalog import Catalog

PACK = Path(__file__).parent.parent
DATA = PACK / "src" / "datamimic_pack_common" / "data"
OURS = (
    "academic_titles", "bodies", "education", "employment", "family_names", "given_names", "marital_status", "middle_names",
    "nobility_titles", "occupations", "other_incomes", "population", "salutations", "naming_traditions", "cccd_provinces",
    "education_levels", "income_by_age", "income_by_education", "income_by_state", "income_spread", "name_order",
    "country_customs", "second_names",
)  # fmt: skip
CONDITIONS = ("gender", "attainment", "education", "married", "skill", "tradition")
FILES = sorted(path for name in OURS for path in (*DATA.glob(f"{name}_??.csv"), DATA / f"{name}.csv") if path.exists())


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(PACK / "data-build"))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.mark.parametrize(
    "script",
    [
        "population",
        "marital_status",
        "education",
        "employment",
        "occupations",
        "pay",
        "pay_by_state",
        "body",
        "titles",
        "identifiers",
        "country_customs",
    ],
)
def test_scripts_give_the_shipped_bytes(
    script: str, scripts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pyramid in DATA.glob("population_*.csv"):
        shutil.copy(pyramid, tmp_path)
    module = importlib.import_module(script)
    monkeypatch.setattr(module, "DATA", tmp_path)
    module.main()
    made = Catalog.parse((tmp_path / "data.toml").read_text(encoding="utf-8")).tables
    assert made
    for stem in made:
        assert (tmp_path / f"{stem}.csv").read_bytes() == (DATA / f"{stem}.csv").read_bytes(), stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_tables_have_no_holes_and_name_their_source(path: Path) -> None:
    table = Table.parse(path.stem, path.read_text(encoding="utf-8"))
    if "weight" in table:
        assert min(table.weights) > 0
    for column, cells in table.columns.items():
        assert all(cell == cell.strip() and "  " not in cell for cell in cells), column
    bands = [name for name in table.columns if name.endswith("_from")]
    if bands:
        seen: dict[tuple[str, ...], set[str]] = defaultdict(set)
        # In `education` that column is drawn; in `academic_titles` it is a condition.
        keys = [name for name in CONDITIONS if name in table and (name != "education" or "academic_title" in table)]
        for row in range(len(table)):
            seen[tuple(table.columns[name][row] for name in keys)].add(table.columns[bands[0]][row])
        first = next(iter(seen.values()))
        assert all("0" in band or "1880" in band or "15" in band for band in seen.values())
        if path.stem[:-3] != "marital_status":
            assert all(band == first for band in seen.values())
    info = Catalog.parse((DATA / "data.toml").read_text(encoding="utf-8")).tables[path.stem]
    assert info.source and info.licence and info.method and info.date


def test_every_country_has_every_table() -> None:
    countries = {path.stem[-2:] for path in DATA.glob("population_*.csv")}
    assert countries >= {"US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP"}
    some = {"middle_names", "income_by_state", "naming_traditions", "cccd_provinces"}
    for name in OURS:
        found = {path.stem[-2:] for path in DATA.glob(f"{name}_??.csv")}
        assert name in some or not found or found == countries, name
