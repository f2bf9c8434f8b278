"""The tables: digests as data.toml says, weights above zero, every country complete."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

import datamimic_pack_finance
from datamimic import WorkingDays
from datamimic.tables.catalog import Catalog
from datamimic_pack_finance.ledger.booking import KINDS

DATA = Path(datamimic_pack_finance.__file__).parent / "data"
CATALOG = Catalog.parse((DATA / "data.toml").read_text(encoding="utf-8"))
COUNTRIES = {"US", "DE", "GB", "FR", "VN"}


def test_catalog_and_files_agree() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == set(CATALOG.tables)
    for name, info in CATALOG.tables.items():
        assert sha256((DATA / f"{name}.csv").read_bytes()).hexdigest() == info.sha256, name


def test_every_country_has_the_same_tables() -> None:
    by_country: dict[str, set[str]] = {}
    for name in CATALOG.tables:
        stem, _, country = name.rpartition("_")
        if country in COUNTRIES:
            by_country.setdefault(country, set()).add(stem)
    assert set(by_country) == COUNTRIES
    assert len(set(map(frozenset, by_country.values()))) == 1


@pytest.mark.parametrize("name", sorted(CATALOG.tables))
def test_weights_are_positive(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert float(row.get("weight", 1)) > 0


def test_kinds_stand_in_the_order_of_their_numbers() -> None:
    for country in COUNTRIES:
        with (DATA / f"transaction_kinds_{country}.csv").open(encoding="utf-8", newline="") as file:
            assert tuple(row["kind"] for row in csv.DictReader(file)) == KINDS


def test_bank_days() -> None:
    days = WorkingDays.of(np.array(["2024-12-25", "2024-12-26"], dtype="datetime64[D]"))
    asked = np.array(["2024-12-24", "2024-12-25", "2024-12-27", "2024-12-28"], dtype="datetime64[D]")
    assert days.next(asked).astype(str).tolist() == ["2024-12-24", "2024-12-27", "2024-12-27", "2024-12-30"]
    assert days.previous(asked).astype(str).tolist() == ["2024-12-24", "2024-12-24", "2024-12-27", "2024-12-27"]
    assert days.is_open(asked).tolist() == [True, False, True, False]
