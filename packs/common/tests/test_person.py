"""Persons: what holds in every row, what options ask for, what a service promises."""

from __future__ import annotations

from datetime import date
from importlib import resources
from random import Random

import pytest
from sample_size import CHECKED

from datamimic import DatamimicError, World
from datamimic.checks.checking import check_rows
from datamimic_pack_common import DemographicConfig, DemographicSampler, Person, PersonService

COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")


def people(country: str, count: int, clock: str | None = None, **options: object) -> dict[str, list]:
    world = World("people", country, clock, options={"common.person": options})
    return world[Person][0:count].to_arrow().to_pydict()


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_rule_is_broken(country: str) -> None:
    findings = check_rows(World("rules", country)[Person][0:CHECKED])
    assert len(findings) >= 18
    assert [(f.check, f.violations, f.samples) for f in findings if not f.holds or f.skipped] == []


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("clock", ["2024-02-29T12:00:00Z", "2025-03-01T00:00:00Z", "1999-12-31T23:59:59Z"])
def test_no_rule_is_broken_at_other_clocks_and_with_titles(country: str, clock: str) -> None:
    options = {"other_gender_quota": 0.1, "noble_quota": 0.3, "academic_title_quota": 1.0, "identifiers": "valid"}
    findings = check_rows(World("rules", country, clock, options={"common.person": options})[Person][0:3_000])
    assert [(f.check, f.violations, f.samples) for f in findings if not f.holds or f.skipped] == []


@pytest.mark.parametrize(("low", "high"), [(0, 0), (18, 18), (17, 18), (64, 65), (100, 105), (110, 115)])
def test_ages_lie_between_both_ends(low: int, high: int) -> None:
    found = people("DE", 3_000, min_age=low, max_age=high)["age"]
    assert {min(found), max(found)} == {low, high}


def test_birthdays_around_a_leap_day() -> None:
    for clock in ("2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01"):
        today = date.fromisoformat(clock)
        found = people("US", 4_000, clock, min_age=0, max_age=9)
        for born, age in zip(found["birthdate"], found["age"], strict=True):
            assert today.year - born.year - ((today.month, today.day) < (born.month, born.day)) == age


def test_quotas() -> None:
    found = people("US", 20_000, female_quota=0.3, other_gender_quota=0.1, min_age=18, max_age=65)["gender"]
    shares = {gender: found.count(gender) / len(found) for gender in ("female", "male", "other")}
    assert shares == pytest.approx({"female": 0.3, "male": 0.6, "other": 0.1}, abs=0.01)
    assert set(people("US", 500, female_quota=1.0)["gender"]) == {"female"}
    assert set(people("US", 500, female_quota=0.0, other_gender_quota=1.0)["gender"]) == {"other"}


def test_titles_go_to_those_who_may_carry_them() -> None:
    everybody = people("DE", 20_000, academic_title_quota=1.0, noble_quota=1.0)
    half = people("DE", 20_000, academic_title_quota=0.5)
    titled = [bool(title) for title in everybody["academic_title"]]
    assert 0.004 < sum(titled) / len(titled) < 0.03
    assert sum(bool(title) for title in half["academic_title"]) / sum(titled) == pytest.approx(0.5, abs=0.1)
    assert all(everybody["nobility_title"])
    assert any("Graf von" in name or "Gräfin von" in name for name in everybody["full_name"])
    assert not any(people("US", 2_000, noble_quota=1.0)["nobility_title"])


def test_titles_fit_the_work() -> None:
    found = people("DE", 20_000, academic_title_quota=1.0, min_age=25)
    held = [*zip(found["academic_title"], found["education"], found["occupation"], found["age"], strict=True)]
    engineers = {"Architekt", "Bauingenieur", "Elektroingenieur", "Maschinenbauingenieur"}
    of_engineers = [row for row in held if row[0] == "Dipl.-Ing."]
    assert len(of_engineers) >= 8
    assert all(level == "master" and age >= 40 for _, level, _, age in of_engineers)
    assert {str(work).removesuffix("in") for _, _, work, _ in of_engineers if work} <= engineers
    professors = [work for title, _, work, _ in held if title == "Prof. Dr." and work]
    assert {"Hochschuldozent", "Hochschuldozentin"} & {*professors}
    assert not {work for work in professors if "dozent" not in work and "rzt" not in work and "Ärztin" not in work}
    lawyers = people("US", 20_000, academic_title_quota=1.0, min_age=25)
    titles = [
        title for title, work in zip(lawyers["academic_title"], lawyers["occupation"], strict=True) if work == "Lawyer"
    ]
    assert titles and not any(titles)


def test_e_mail_addresses_differ() -> None:
    found = people("VN", 100_000)["email"]
    assert len(set(found)) == len(found)
    assert all(address.isascii() for address in found)


def test_names_follow_the_order_of_the_country() -> None:
    vietnam = people("VN", 200)
    for family, middle, given, full in zip(
        vietnam["family_name"], vietnam["middle_name"], vietnam["given_name"], vietnam["full_name"], strict=True
    ):
        assert full == f"{family} {middle} {given}"
    japan = people("JP", 50)
    assert all(full.startswith(family) for family, full in zip(japan["family_name"], japan["full_name"], strict=True))
    # Spaniards have two family names; one have people of backgrounds that know one, whose names are others.
    spain = people("ES", 2_000)
    table = resources.files("datamimic_pack_common") / "data" / "family_names_ES.csv"
    frequent = {line.partition(",")[0] for line in table.read_text(encoding="utf-8").splitlines()[1:201]}
    bearers = zip(spain["family_name"], spain["nationality"], strict=True)
    alone = [(family, nation) for family, nation in bearers if " " not in family]
    assert 0.02 < len(alone) / len(spain["family_name"]) < 0.2
    assert sum(family in frequent for family, nation in alone if nation == "ES") < 0.1 * len(alone)


def test_names_in_other_letters() -> None:
    for country in COUNTRIES:
        names = World("letters", country)[Person][0:2_000].select(["name_ascii"]).to_arrow()["name_ascii"].to_pylist()
        assert all(name.isascii() and " " in name.strip() for name in names)
    first = (
        World("letters", "JP")[Person][0:3_000]
        .select(["name_kana", "name_ascii", "family_name"])
        .to_arrow()
        .to_pylist()
    )
    satou = [row for row in first if row["family_name"] == "佐藤"]
    assert satou and all(
        row["name_kana"].startswith("サトウ ") and row["name_ascii"].endswith(" Sato") for row in satou
    )


def test_french_names_live_in_quebec() -> None:
    rows = World("names", "CA")[Person][0:20_000].select(["tradition", "address.state_code"]).to_arrow().to_pylist()
    for state, low, high in (("CA-QC", 0.70, 0.82), ("CA-ON", 0.02, 0.05)):
        own = [row["tradition"] == "french" for row in rows if row["address.state_code"] == state]
        assert low < sum(own) / len(own) < high


def test_germans_write_umlauts_in_mail() -> None:
    found = people("DE", 20_000)
    pairs = [pair for pair in zip(found["family_name"], found["email"], strict=True) if pair[0] == "Müller"]
    assert pairs and all(".mueller" in address for _, address in pairs)


def test_impossible_options_are_refused() -> None:
    world = World("x", "US")
    for options in (
        {"min_age": 30, "max_age": 20}, {"female_quota": 0.8, "other_gender_quota": 0.3}, {"min_age": -1}, {"max_age": 116},
        {"female_quota": 1.1}, {"age_profile": "20-10:1"}, {"age_profile": "young"}, {"age_profile": "20-30:0"},
        {"identifiers": "real"},
    ):  # fmt: skip
        with pytest.raises(DatamimicError):
            world.with_options(Person, **options)[Person][0:1].to_arrow()


def test_service_defaults_and_documented_parameters() -> None:
    found = PersonService("US", rng=Random(42)).generate_batch(5_000)
    assert min(p.age for p in found) == 0
    assert max(p.age for p in found) > 95
    assert sum(p.gender == "female" for p in found) / len(found) == pytest.approx(0.5, abs=0.03)
    person = found[0]
    assert person.name and person.email and person.address.city and person.address.state
    assert person.demographic_sample.age == person.age
    assert PersonService("US", rng=Random(42)).generate() == person
    again = PersonService(dataset="DE", min_age=70, max_age=75, female_quota=1.0, seed=1).generate_batch(200)
    assert {p.gender for p in again} == {"female"}
    assert all(70 <= p.age <= 75 for p in again)


def test_service_takes_a_demographic_config_and_a_sampler() -> None:
    config = DemographicConfig(age_min=70, transaction_profile={"spend": "low"})
    found = PersonService("US", max_age=90, demographic_config=config, seed=3).generate_batch(300)
    assert all(70 <= p.age <= 90 for p in found)
    assert {p.transaction_profile for p in found} == {'{"spend": "low"}'}
    sampler = DemographicSampler({(20, 29): 3, (60, 64): 1})
    ages = [p.age for p in PersonService("US", demographic_sampler=sampler, seed=3).generate_batch(4_000)]
    assert all(20 <= age <= 29 or 60 <= age <= 64 for age in ages)
    assert sum(age < 30 for age in ages) / len(ages) == pytest.approx(0.75, abs=0.03)


def test_demographic_config_normalises_conditions() -> None:
    config = DemographicConfig(conditions_include=frozenset({" Asthma "}), conditions_exclude={"Diabetes"})
    assert config.normalized_includes() == {"asthma"}
    assert config.normalized_excludes() == {"diabetes"}
    assert config.with_defaults(18, 65).age_max == 65
    with pytest.raises(DatamimicError):
        DemographicConfig(age_min=5, age_max=4)
    with pytest.raises(DatamimicError):
        DemographicConfig(conditions_include={"asthma"}, conditions_exclude={"ASTHMA"})


def test_any_slice_gives_the_same_people() -> None:
    rows = World("slices", "FR")[Person]
    whole = rows[0:40_000].to_arrow()
    assert rows[17_000:17_050].to_arrow().to_pylist() == whole.slice(17_000, 50).to_pylist()
    assert rows[39_999:40_000].to_arrow().to_pylist() == whole.slice(39_999, 1).to_pylist()
