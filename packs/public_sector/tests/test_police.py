"""Departments and officers as one world: officers are people near their department, with ranks, badges and options."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from datamimic import DatamimicError, World, kilometres
from datamimic_pack_common import DemographicConfig, DemographicSampler
from datamimic_pack_public_sector import PoliceOfficerService

COUNTRIES = ("US", "DE", "VN", "GB", "FR")
DEPARTMENTS = 2_048
OFFICERS = 3_000


@cache
def departments(country: str) -> list[dict[str, Any]]:
    columns = ["department_id", "name", "jurisdiction", "type", "officer_count", "head", "head_sex", "head_position"]
    rows = World("police", country)["public_sector.police_department"][0:DEPARTMENTS]
    listed: list[dict[str, Any]] = rows.select(columns).to_arrow().to_pylist()
    return listed


@cache
def officers(country: str) -> list[dict[str, Any]]:
    columns = [
        "officer_id", "person_id", "person.person_id", "person.police_officer.officer_id", "department_id", "department_name",
        "department_state", "badge_number", "rank", "rank_order", "service_class", "salary", "income", "person.income",
        "years_of_service", "gender", "age", "unit", "email", "education", "occupation", "address.state", "address.latitude",
        "address.longitude", "department.address.latitude", "department.address.longitude", "department.name",
    ]  # fmt: skip
    rows = World("police", country)["public_sector.police_officer"][0:OFFICERS]
    listed: list[dict[str, Any]] = rows.select(columns).to_arrow().to_pylist()
    return listed


@pytest.mark.parametrize("country", COUNTRIES)
def test_officers_are_people_both_ways(country: str) -> None:
    team = officers(country)
    assert len({o["person_id"] for o in team}) == OFFICERS
    for officer in team:
        assert officer["person_id"] == officer["person.person_id"] and officer["income"] == officer["person.income"]
        assert officer["officer_id"] == officer["person.police_officer.officer_id"]
    people = World("police", country)["common.person"][0:4_000].select(["profession", "police_officer.officer_id"])
    found = people.to_arrow().to_pylist()
    assert sum(row["profession"] == "police_officer" for row in found) > 2
    for row in found:
        assert (row["profession"] == "police_officer") == (row["police_officer.officer_id"] is not None)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_department_is_near_home_and_a_badge_is_one_officers(country: str) -> None:
    team = officers(country)
    assert all(o["department.name"] == o["department_name"] for o in team)
    north, east, other_north, other_east = (
        np.array([o[name] for o in team], dtype=float)
        for name in (
            "address.latitude",
            "address.longitude",
            "department.address.latitude",
            "department.address.longitude",
        )
    )
    away = kilometres(north, east, other_north, other_east)
    # The state police has its seat in the capital of the state.
    assert np.median(away) < 15 and np.mean(away > 100) < 0.07
    badges = Counter((o["department_id"], o["badge_number"]) for o in team)
    assert set(badges.values()) == {1}


def test_officers_serve_where_there_are_officers() -> None:
    """Of American officers as many at departments of municipalities, counties and states as these have."""
    levels = World("police", "US")["public_sector.police_officer"][0:OFFICERS].select(["department.level"]).to_arrow()
    share = {key: count / OFFICERS for key, count in Counter(levels["department.level"].to_pylist()).items()}
    rows = (
        World("police", "US")["public_sector.police_department"][0:15_043].select(["level", "officer_count"]).to_arrow()
    )
    sworn: Counter[str] = Counter()
    for level, count in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        sworn[level] += count
    for level, count in sworn.items():
        assert abs(share[level] - count / sworn.total()) < 0.09


def test_a_world_of_few_departments_has_officers_at_them() -> None:
    world = World("few", "DE", sizes={"public_sector.police_department": 3})
    own = world["public_sector.police_officer"][0:50].select(["department.department_id"]).to_arrow()
    known = world["public_sector.police_department"][0:3].select(["department_id"]).to_arrow()
    assert {*own["department.department_id"].to_pylist()} <= {*known["department_id"].to_pylist()}


@pytest.mark.parametrize("country", COUNTRIES)
def test_heads_of_departments_have_names_and_few_are_women(country: str) -> None:
    rows = departments(country)
    assert len({each["head"] for each in rows}) > len(rows) * (0.2 if country == "VN" else 0.6)
    assert sum(each["head_sex"] == "female" for each in rows) < 0.15 * len(rows)
    if country == "DE":
        assert all(("in" in each["head_position"]) for each in rows if each["head_sex"] == "female")


@pytest.mark.parametrize(("rank", "years"), [("Sergeant", 3), ("Lieutenant", 5), ("Captain", 8)])
def test_american_ranks_take_years(rank: str, years: int) -> None:
    service = [o["years_of_service"] for o in officers("US") if o["rank"] == rank]
    assert len(service) > 2
    assert min(service) >= years


@pytest.mark.parametrize("country", COUNTRIES)
def test_median_pay_rises_with_the_rank(country: str) -> None:
    pay: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for officer in officers(country):
        pay["US" if country == "US" else officer["service_class"], officer["rank_order"]].append(officer["salary"])
    medians: dict[str, list[Any]] = defaultdict(list)
    for (group, _), amounts in sorted(pay.items()):
        if len(amounts) >= 40:
            medians[group].append(sorted(amounts)[len(amounts) // 2])
    assert all(values == sorted(values) for values in medians.values())


def test_american_police_is_as_large_and_as_male_as_published() -> None:
    sizes = [each["officer_count"] for each in departments("US")]
    assert abs(sum(size < 10 for size in sizes) / len(sizes) - 0.48) < 0.03  # BJS 2013
    women = sum(o["gender"] == "female" for o in officers("US")) / OFFICERS
    assert abs(women - 0.125) < 0.02  # BJS 2013, 2016
    kinds = Counter(each["type"] for each in departments("US"))
    # 3,012 sheriffs' offices to 12,261 local departments
    assert abs(kinds["Sheriff's Office"] / kinds["Municipal Police Department"] - 0.2457) < 0.04


@cache
def registered(country: str) -> pd.DataFrame:
    """As many rows as the country has authorities, and half as many again."""
    columns = [
        "identity", "name", "type", "level", "jurisdiction", "officer_count", "head_position", "ori", "phone", "email",
        "website", "badge_base", "place", "address.full_address", "address.state",
    ]  # fmt: skip
    rows = World("register", country)["public_sector.police_department"][0:25_000].select(columns)
    return rows.to_arrow().to_pandas()


@pytest.mark.parametrize("country", COUNTRIES)
def test_one_authority_has_one_name_and_one_set_of_facts(country: str) -> None:
    rows = registered(country)
    authorities = rows["identity"].nunique()
    assert authorities == {"US": 15_043, "DE": 4_066, "VN": 3_354, "GB": 2_219, "FR": 1_348}[country]
    # Each has its turn before one comes again.
    assert rows["identity"][:authorities].is_unique
    facts = rows.drop_duplicates()
    assert len(facts) == authorities
    assert not facts.duplicated(["name", "jurisdiction"]).any()
    assert not rows["name"].str.contains("– District|– secteur|– Sector|– Cơ sở").any()
    if country == "US":
        assert facts["ori"].is_unique


def test_american_strength_is_about_two_for_each_thousand_and_differs_between_towns_of_one_size() -> None:
    from datamimic_pack_public_sector import PoliceDepartment

    places = World("police", "US").data(PoliceDepartment)["common.places"]
    facts = registered("US").drop_duplicates("identity")
    inhabitants = places.ints("population")[facts["place"]]
    assert abs(facts["officer_count"].sum() / sum(places.weights) * 1_000 - 2.17) < 0.1  # BJS 2013, 2016
    local = (facts["type"] == "Municipal Police Department") & (inhabitants >= 5_000)
    rate = 1_000 * facts["officer_count"][local] / inhabitants[local]
    assert 1.8 < rate.mean() < 2.3
    assert rate.std() / rate.mean() > 0.2
    people = pd.Series(inhabitants, facts.index)[local].rank()
    correlation = facts["officer_count"][local].rank().corr(people)
    assert 0.85 < correlation < 0.99
    state = facts[facts["type"] == "State Police"].set_index("jurisdiction")["officer_count"]
    assert len(state) == 49
    # FBI 2014, table 76: California Highway Patrol 6,775 men and 500 women
    assert state["California"] == 7_275 and [*state.sort_values().index[-3:]] == [
        "Pennsylvania",
        "New York",
        "California",
    ]


@pytest.mark.parametrize("country", COUNTRIES)
def test_officers_live_in_the_state_and_write_from_reserved_domains(country: str) -> None:
    assert all(o["address.state"] == o["department_state"] for o in officers(country))
    mails = [o["email"] for o in officers(country)]
    assert len(set(mails)) == len(mails)
    assert all(mail.endswith(".example") and mail.isascii() for mail in mails)


def test_german_titles_fit_sex_and_branch() -> None:
    german = officers("DE")
    for officer in german:
        woman = officer["gender"] == "female"
        assert officer["rank"].endswith(("in", "rätin")) == woman
        assert officer["rank"].startswith(("Kriminal", "Erster Kriminal", "Erste Kriminal", "Leitende")) or (
            officer["unit"] != "Kriminalkommissariat"
        )
        assert officer["occupation"] == ("Polizeibeamtin" if woman else "Polizeibeamter")


def test_nobody_in_command_left_school_early() -> None:
    for country in ("US", "DE", "GB", "FR"):
        heads = [o for o in officers(country) if o["service_class"] in {"command", "höherer Dienst", "chief officer"}]
        assert not {"none", "primary", "lower_secondary"} & {o["education"] for o in heads}


def test_police_of_vietnamese_districts_ended_in_march_2025() -> None:
    def kinds(clock: str) -> set[str]:
        rows = World("police", "VN", clock)["public_sector.police_department"][0:2_000]
        return set(rows.select(["type"]).to_arrow()["type"].to_pylist())

    assert "Công an cấp huyện" in kinds("2025-02-28")
    assert "Công an cấp huyện" not in kinds("2025-03-01")


def test_service_obeys_ages() -> None:
    config = DemographicConfig(age_min=30, age_max=32)
    team = PoliceOfficerService("US", demographic_config=config, seed=1).generate_batch(300)
    assert {o.age for o in team} == {30, 31, 32}
    assert all(o.hire_date <= date(2026, 1, 1) and o.years_of_service <= 11 for o in team)


def test_service_has_the_ages_of_the_police_and_options_reach_the_people() -> None:
    team = PoliceOfficerService("DE", seed=2, female_quota=1.0).generate_batch(400)
    assert 18 <= min(o.age for o in team) < 21
    assert {o.gender for o in team} == {"female"}
    sampler = DemographicSampler({(25, 29): 1, (50, 54): 3})
    aged = Counter(
        o.age // 25 for o in PoliceOfficerService("VN", demographic_sampler=sampler, seed=2).generate_batch(800)
    )
    assert set(aged) == {1, 2}
    assert abs(aged[2] / 800 - 0.75) < 0.05
    urban = DemographicSampler.from_profile("urban_adult", dataset="US")
    assert {
        18 <= o.age <= 64 for o in PoliceOfficerService("US", demographic_sampler=urban, seed=2).generate_batch(100)
    } == {True}
    women = DemographicSampler.from_profile("women_of_childbearing_age", dataset="US")
    assert {o.gender for o in PoliceOfficerService("US", demographic_sampler=women, seed=2).generate_batch(100)} == {
        "female"
    }


def test_ages_that_no_officer_has_are_refused() -> None:
    with pytest.raises(DatamimicError, match="min_age 70 and max_age 80"):
        PoliceOfficerService("US", demographic_config=DemographicConfig(age_min=70, age_max=80)).generate()
    with pytest.raises(DatamimicError):
        PoliceOfficerService("US", demographic_config=DemographicConfig(age_min=None, age_max=17)).generate()


def test_an_officer_reaches_the_department() -> None:
    officer = World("police", "DE")["public_sector.police_officer"][1_234]
    assert officer.department.name == officer.department_name
    assert officer.department.address.state == officer.address.state
    assert officer.person.police_officer.officer_id == officer.officer_id


def test_more_officers_than_numbers_are_refused_before_the_first() -> None:
    """People have numbers of which a role's people hold some: as many rows of the role are served, and no more begun."""
    officers = World("many", "GB")["public_sector.police_officer"]
    with pytest.raises(DatamimicError, match="identifiers=valid has more") as refused:
        officers[0:500_000].select(["social_security_number"])
    most = int(str(refused.value.details["most"]))
    last = officers[most - 1 : most].select(["social_security_number"]).to_arrow()
    assert 90_000 < most < 100_000 and last["social_security_number"][0].as_py().startswith("QQ")
    with pytest.raises(DatamimicError) as late:
        officers.select(["social_security_number"]).ranged(most, most + 1).to_arrow()
    assert late.value.code == refused.value.code == "not_enough_ids"
    assert officers.select(["tax_id"])[0:500_000].stop == 500_000
