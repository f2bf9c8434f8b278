"""The tables of places, streets, telephones and companies: rerunnable to the byte, whole, with sources, small and quick."""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from places_support import COUNTRIES, DATA, rows_of

from datamimic import Table, World
from datamimic.tables.catalog import Catalog

OURS = (
    "places", "states", "former_states", "provinces", "streets", "house_numbers", "house_suffixes", "address_formats",
    "countries", "phone_plans", "sectors", "industries", "departments", "legal_forms", "company_words", "company_name_patterns",
    "company_starts", "company_ends", "company_sizes", "company_ages", "company_mailboxes",
)  # fmt: skip
FILES = sorted(path for name in OURS for path in (*DATA.glob(f"{name}_??.csv"), DATA / f"{name}.csv") if path.exists())
SCRIPTS = DATA.parents[2] / "data-build"
CATALOG = Catalog.parse((DATA / "data.toml").read_text(encoding="utf-8")).tables


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "script",
    [
        "streets", "companies", "address_formats", "countries", "places_vn", "places_es", "places_us", "places_de", "places_gb",
        "places_br", "places_in", "places_ca", "places_jp",
    ],
)  # fmt: skip
def test_scripts_give_the_shipped_bytes(
    script: str, scripts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the versions that the script names: another one of GeoNames or CLDR is another table."""
    head = (SCRIPTS / f"{script}.py").read_text(encoding="utf-8").partition("from __future__")[0]
    for package, version in re.findall(r"([\w-]+)==([\w.]+\w)", head):
        if not any(each.version == version for each in metadata.distributions(name=package)):
            pytest.skip(f"{package} {version}, which the script reads, is not installed")
    module = importlib.import_module(script)
    if script == "streets":
        (tmp_path / "states_CA.csv").write_bytes((DATA / "states_CA.csv").read_bytes())
    for name in ("gazetteer", script):
        if hasattr(sys.modules.get(name), "DATA"):
            monkeypatch.setattr(sys.modules[name], "DATA", tmp_path)
    module.main()
    made = Catalog.parse((tmp_path / "data.toml").read_text(encoding="utf-8")).tables
    assert made
    for stem in made:
        assert (tmp_path / f"{stem}.csv").read_bytes() == (DATA / f"{stem}.csv").read_bytes(), stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_tables_are_clean_and_name_their_source(path: Path) -> None:
    content = path.read_bytes()
    info = CATALOG[path.stem]
    assert info.sha256 == hashlib.sha256(content).hexdigest()
    assert all((info.source, info.licence, info.method, info.date))
    assert "ODbL" not in info.licence
    table = Table.parse(path.stem, content.decode())
    assert len(table) == info.rows
    if "weight" in table:
        assert min(table.weights) > 0
    for column, cells in table.columns.items():
        if column not in ("suffix", "before"):
            assert all(cell == cell.strip() and "  " not in cell and "�" not in cell for cell in cells), column


@pytest.mark.parametrize("country", COUNTRIES)
def test_places_add_up(country: str) -> None:
    weights: dict[tuple[str, str], float] = defaultdict(float)
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows_of(f"places_{country}"):
        city = row["city"], row.get("former_state_code", row["state_code"])
        weights[city] += float(row["weight"])
        people[city].add(row["population"])
    for city, populations in people.items():
        assert len(populations) == 1, city
        # Places stand for those who live around them too, and American ones are post towns: only communes have just their own.
        if country == "VN":
            assert weights[city] == pytest.approx(float(next(iter(populations))), rel=0.01), city
    states = {(row["state"], row["state_code"]) for row in rows_of(f"places_{country}")}
    assert states == {(row["state"], row["state_code"]) for row in rows_of(f"states_{country}")}
    expected = {"US": 51, "DE": 16, "VN": 34, "GB": 4, "FR": 13, "ES": 52, "BR": 27, "JP": 47, "IN": 32, "CA": 13}
    assert len(states) == expected[country]


def test_american_states_have_their_people() -> None:
    """Shares of July 2020, Census Bureau."""
    people = {row["state_code"]: float(row["weight"]) for row in rows_of("states_US")}
    whole = sum(people.values())
    shares = {"US-CA": 0.1195, "US-VT": 0.0019, "US-WV": 0.0054, "US-FL": 0.0660, "US-WY": 0.0018}
    for code, share in shares.items():
        assert people[code] / whole == pytest.approx(share, rel=0.03), code


@pytest.mark.parametrize(
    ("country", "shares"),
    [
        ("IN", {"IN-UP": 0.1651, "IN-MH": 0.0928, "IN-BR": 0.086, "IN-WB": 0.0754, "IN-TN": 0.0596, "IN-GJ": 0.0499}),
        ("JP", {"JP-13": 0.1114, "JP-27": 0.0701, "JP-31": 0.0044}),
        ("BR", {"BR-SP": 0.2188, "BR-MG": 0.1011, "BR-BA": 0.0696, "BR-SC": 0.0375}),
        ("CA", {"CA-ON": 0.3845, "CA-QC": 0.2298, "CA-NS": 0.026}),
        ("ES", {"ES-M": 0.1429, "ES-B": 0.1210, "ES-TE": 0.0028}),
        ("GB", {"GB-ENG": 0.843, "GB-WLS": 0.046}),
        ("DE", {"DE-NW": 0.216, "DE-BY": 0.158, "DE-ST": 0.026}),
        ("FR", {"FR-IDF": 0.187, "FR-20R": 0.0053}),
    ],
)
def test_states_have_the_people_whom_the_census_counts(country: str, shares: dict[str, float]) -> None:
    """Shares as the statistical offices print them, of censuses and registers of 2011 (IN) to 2022 (BR, DE)."""
    people = {row["state_code"]: float(row["weight"]) for row in rows_of(f"states_{country}")}
    whole = sum(people.values())
    for code, share in shares.items():
        assert people[code] / whole == pytest.approx(share, rel=0.04), code


def test_brazilian_streets_have_codes_of_their_own_in_cities_alone() -> None:
    """Municipalities of more than 50,000 people have a code for each street; theirs never end in -000."""
    for row in rows_of("places_BR"):
        suffix = int(row["postal_code"][-3:])
        # Five small ones of Rondônia have another in GeoNames.
        assert suffix == 0 if int(row["population"]) <= 50_000 and row["state_code"] != "BR-RO" else suffix < 900, row
        assert suffix > 0 or int(row["population"]) <= 50_000, row
    # Ranges of the Correios.
    ranges = {
        ("Guarulhos", "BR-SP"): (7_000, 7_399),
        ("Campinas", "BR-SP"): (13_000, 13_139),
        ("Londrina", "BR-PR"): (86_000, 86_124),
    }
    for city, (first, last) in ranges.items():
        sectors = [
            int(row["postal_code"][:5]) for row in rows_of("places_BR") if (row["city"], row["state_code"]) == city
        ]
        assert len(sectors) >= 4 and min(sectors) >= first and max(sectors) <= last


def test_vietnamese_communes_of_both_orders() -> None:
    rows = rows_of("places_VN")
    # All but one ward of today, which no commune of before became as a whole.
    assert len({(row["commune"], row["state"]) for row in rows}) == 3_320
    assert len({(row["former_commune"], row["district"], row["former_state"]) for row in rows}) == 10_040
    rural = sum(float(row["weight"]) for row in rows if row["former_commune"].startswith("Xã "))
    assert 0.55 < rural / sum(float(row["weight"]) for row in rows) < 0.70


def test_names_keep_their_case() -> None:
    for country in ("US", "CA", "GB", "DE", "FR", "ES", "BR", "IN"):
        for row in rows_of(f"places_{country}"):
            assert row["city"][0].isupper() or row["city"][0] in "'’", row["city"]
            words = row["city"].replace("-", " ").split()
            assert not (len(words) > 1 and row["city"].isupper()), row["city"]


def test_vietnamese_provinces() -> None:
    rows = rows_of("provinces_VN")
    assert len({row["former_state_code"] for row in rows}) == 63
    assert len({row["state_code"] for row in rows}) == 34
    assert len({row["gso_code"] for row in rows}) == 63
    prefixes = [prefix for row in rows for prefix in row["postal_prefixes"].split()]
    assert len(prefixes) == len(set(prefixes))
    beginning = {row["former_state"]: row["postal_prefixes"].split() for row in rows}
    for place in rows_of("places_VN"):
        assert place["postal_code"][:2] in beginning[place["former_state"]]


def test_tables_are_small() -> None:
    packed = sum(len(zlib.compress(path.read_bytes(), 9)) for path in DATA.glob("*.csv"))
    assert packed < 15_000_000


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_loads(country: str) -> None:
    table = Table.parse("places", (DATA / f"places_{country}.csv").read_text(encoding="utf-8"))
    assert len(table["city"]) and len(table.floats("latitude")) and table.alias
    assert World(1, country)["common.address"][0:1].to_arrow().num_rows == 1
