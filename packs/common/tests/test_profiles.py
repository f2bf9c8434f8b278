"""Profiles: groups are masks over the country's weights, the same on every machine; a seed changes the people, not the ages."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from itertools import pairwise

import numpy as np
import pytest
from importlib_resources import files

from datamimic import World
from datamimic.errors import DataError, DatamimicError, InvalidOption, UnknownName
from datamimic_pack_common import DemographicConfig, DemographicSampler, Person, PersonService
from datamimic_pack_common import profiles as profile_tables
from datamimic_pack_common.demographics.population import population

COUNTRIES = ("US", "DE", "VN")


def profile_ids() -> list[str]:
    return list(World(1, "US").data(Person)["profiles"].columns["profile_id"])


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("profile_id", profile_ids())
def test_every_profile_makes_people_of_its_ages(profile_id: str, country: str) -> None:
    sampler = DemographicSampler.from_profile(profile_id, dataset=country)
    people = PersonService(country, demographic_sampler=sampler, seed="profile").generate_batch(300)
    assert all(any(low <= person.age <= high for low, high in sampler.bands) for person in people)
    assert sum(sampler.bands.values()) == pytest.approx(1)


def test_weights_are_base_times_mask_normalised() -> None:
    data = World(1, "DE").data(Person)
    sampler = DemographicSampler().apply_profile_groups({"age_band": "working_age"}, dataset="DE")
    factors = {
        int(start): float(f) for start, f in profile_tables.mask(data, "age_band", "working_age", "age_from").items()
    }
    starts = [*sorted(factors), 116]
    by_age = population(data).sum(axis=0)
    masked = {(low, end - 1): by_age[low:end].sum() * factors[low] for low, end in pairwise(starts)}
    total = sum(masked.values())
    assert sampler.bands == pytest.approx({band: weight / total for band, weight in masked.items() if weight})
    people = PersonService("DE", demographic_sampler=sampler, seed=1).generate_batch(4_000)
    young = sum(18 <= person.age < 25 for person in people) / 4_000
    assert young == pytest.approx(sampler.bands[18, 24], abs=0.02)


def test_the_profile_changes_the_ages_and_the_seed_the_people() -> None:
    seniors = DemographicSampler.from_profile("seniors", dataset="VN")
    one, two = (PersonService("VN", demographic_sampler=seniors, seed=seed).generate_batch(200) for seed in (1, 2))
    again = PersonService("VN", demographic_sampler=seniors, seed=1).generate_batch(200)
    assert [person.to_dict() for person in one] == [person.to_dict() for person in again]
    assert sum(a.full_name == b.full_name for a, b in zip(one, two, strict=True)) < 10
    assert min(person.age for person in one + two) >= 60, "in Viet Nam people are elderly from 60"
    assert min(person.age for person in PersonService("VN", seed=1).generate_batch(200)) < 18


@pytest.mark.parametrize("country", COUNTRIES)
def test_tiers_choose_cities_by_their_size(country: str) -> None:
    data = World(1, country).data(Person)
    [limit] = [int(row["population_from"]) for row in profile_tables.group_rows(data, "population_tier", "urban")][1:]
    sizes = data["places"].ints("population")
    for profile_id, urban in (("urban_adult", True), ("rural_seniors", False)):
        sampler = DemographicSampler.from_profile(profile_id, dataset=country)
        options = {"city_sizes": sampler.city_sizes, "age_profile": sampler.profile()}
        rows = World(1, country, options={"common.person": options})[Person][0:500]
        found = sizes[np.array(rows.select(["place"]).to_arrow()[0].to_pylist())]
        assert ((found >= limit) == urban).all()


def test_sexes_and_groups_add_up() -> None:
    women = DemographicSampler.from_profile("women_of_childbearing_age", dataset="US")
    people = PersonService("US", demographic_sampler=women, seed=1).generate_batch(200)
    assert {person.gender for person in people} == {"female"}
    mostly = DemographicSampler({(20, 29): 1, (60, 80): 1}).apply_profile_groups(
        {"age_band": "seniors", "gender_category": "mostly_women"}, dataset="US"
    )
    assert set(mostly.bands) == {(65, 80)}
    assert 0.8 < (mostly.female_quota or 0) < 0.85
    assert mostly.groups == {"age_band": "seniors", "gender_category": "mostly_women"}


def test_a_config_narrows_a_profile() -> None:
    sampler = DemographicSampler.from_profile("seniors", dataset="US")
    config = DemographicConfig(age_min=70, age_max=72)
    people = PersonService("US", demographic_config=config, demographic_sampler=sampler, seed=1).generate_batch(100)
    assert {person.age for person in people} == {70, 71, 72}
    with pytest.raises(InvalidOption, match="nobody"):
        PersonService("US", max_age=40, demographic_sampler=sampler, seed=1)


def test_provenance_is_that_of_the_catalogue_and_of_no_machine() -> None:
    sampler = DemographicSampler.from_profile("urban_adult", dataset="US")
    catalog = tomllib.loads(files("datamimic_pack_common").joinpath("data/data.toml").read_text(encoding="utf-8"))
    described = sampler.provenance_descriptor()
    assert described["profile_id"] == "urban_adult" and described["dataset"] == "US"
    assert {*described["tables"]} == {
        "profiles.csv", "population_US.csv", "groups_age_band_US.csv", "groups_population_tier_US.csv",
    }  # fmt: skip
    for file, digest in described["tables"].items():
        assert catalog["tables"][file.removesuffix(".csv")]["sha256"] == digest
    code = "from datamimic_pack_common import DemographicSampler as S; print(S.from_profile('urban_adult').provenance_hash())"
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd="/")
    assert (elsewhere.returncode, elsewhere.stdout.strip()) == (0, sampler.provenance_hash()), elsewhere.stderr
    assert sampler.provenance_hash() != DemographicSampler.from_profile("seniors").provenance_hash()
    assert sampler.provenance_hash() != DemographicSampler.from_profile("urban_adult", "DE").provenance_hash()


def test_masks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_tables, "STRONGEST", 0.5)
    with pytest.raises(DataError) as error:
        DemographicSampler().apply_profile_groups({"age_band": "adults"})
    assert error.value.code == "bad_weight"


@pytest.mark.parametrize(
    ("wrong", "code", "suggestion"),
    [
        (lambda: DemographicSampler.from_profile("urban_adlt"), "unknown_profile", "urban_adult"),
        (
            lambda: DemographicSampler.from_profile("seniors", dataset="GB"),
            "missing_component_dataset",
            "DE, US and VN",
        ),
        (lambda: DemographicSampler().apply_profile_groups({"age_bnd": "adults"}), "unknown_value", "age_band"),
        (lambda: DemographicSampler().apply_profile_groups({"age_band": "adlts"}), "unknown_value", "adults"),
        (lambda: DemographicSampler().apply_profile_groups({"sector_macro": "industry"}), "unknown_value", "age_band"),
        (lambda: profile_tables.component(World(1, "US").data(Person), "urban"), "unknown_component", "urban_adult"),
    ],
)
def test_unknown_names_are_errors_with_suggestions(wrong, code: str, suggestion: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DatamimicError) as error:
        wrong()
    assert error.value.code == code
    assert suggestion in str(error.value)


def test_nobody_left_is_an_error() -> None:
    with pytest.raises(InvalidOption):
        DemographicSampler({(1, 9): 1}).apply_profile_groups({"age_band": "seniors"})
    with pytest.raises(UnknownName):
        DemographicSampler().apply_profile_groups({"gender_category": "martians"})


@pytest.mark.parametrize("sizes", ["", "5:1", "0:0", "0:-1", "0:1,0:2", "0:1,x:2", "0:nan"])
def test_city_sizes_must_make_sense(sizes: str) -> None:
    with pytest.raises(InvalidOption):
        World(1, "US", options={"common.person": {"city_sizes": sizes}})
