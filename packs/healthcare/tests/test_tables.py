"""The tables: each has a source, a licence and the bytes it says; condition tables fit each other."""

import tomllib
from hashlib import sha256
from importlib.resources import files

import pytest

from datamimic import World
from datamimic_pack_healthcare import Doctor, Patient

FOLDER = files("datamimic_pack_healthcare").joinpath("data")


def test_every_table_is_in_the_catalog():
    catalog = tomllib.loads(FOLDER.joinpath("data.toml").read_text(encoding="utf-8"))["tables"]
    found = {file.name.removesuffix(".csv") for file in FOLDER.iterdir() if file.name.endswith(".csv")}
    assert set(catalog) == found
    for stem, entry in catalog.items():
        content = FOLDER.joinpath(f"{stem}.csv").read_bytes()
        assert sha256(content).hexdigest() == entry["sha256"], stem
        assert entry["source"]
        assert entry["licence"]
        assert entry["method"]
        assert entry["grade"] in "ABCDE"


def test_the_pack_is_small():
    assert sum(len(file.read_bytes()) for file in FOLDER.iterdir()) < 2_000_000


@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR"])
def test_condition_tables_fit(country):
    world = World(1, country)
    data = world.data(Patient)
    names = data["conditions"].columns["condition"]
    assert len(names) == len(set(names)) <= 63
    assert data["condition_codes"].columns["condition"] == names
    assert data["condition_names"].columns["condition"] == names
    assert data["treatment_shares"].columns["condition"] == names
    assert set(data["condition_prevalence"].columns["condition"]) == set(names)
    specialties = data["specialties"].columns["specialty"]
    assert set(data["conditions"].columns["specialty"]) <= set(specialties)
    assert {*world.data(Doctor)["doctor_specialties"].columns["specialty"]} == {*specialties}
    sites, places = data["hospital_sites"], data["common.places"]
    assert set(sites.columns["hospital_type"]) == set(data["hospital_types"].columns["hospital_type"])
    cities = places.columns["city"]
    assert [cities[place] for place in sites.ints("place")] == [*sites.columns["city"]]
    groups = data["medications"].columns["duplication_group"]
    assert len({*groups}) == 1 + sum(a != b for a, b in zip(groups[1:], groups[:-1], strict=True))
    departments = set(data["specialties"].columns["department"])
    assert departments <= set(data["department_services"].columns["department"])
