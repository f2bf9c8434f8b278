"""Offices and schools against published numbers, and against the laws of their countries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from datamimic import World
from datamimic_pack_public_sector import (
    AdministrationOffice,
    AdministrationOfficeService,
    EducationalInstitutionService,
)

ROWS = 30_000
COUNTRIES = ("US", "DE", "VN", "GB", "FR")


@cache
def offices(country: str, clock: str = "2026-01-01") -> list[dict[str, Any]]:
    columns = [
        "name", "type", "level", "jurisdiction", "jurisdiction_code", "identity", "population_served", "founding_year",
        "annual_budget", "staff_count", "leadership", "services", "email", "address.state", "address.state_code",
        "address.full_address", "address.organization", "phone",
    ]  # fmt: skip
    rows = World("offices", country, clock)["public_sector.administration_office"][0:ROWS]
    listed: list[dict[str, Any]] = rows.select(columns).to_arrow().to_pylist()
    return listed


@cache
def schools(country: str) -> list[dict[str, Any]]:
    columns = [
        "name", "type", "level", "ownership", "official_code", "official_code_type", "founding_year", "programs",
        "student_count", "address.state", "address.state_code", "email",
    ]  # fmt: skip
    rows = World("schools", country)["public_sector.educational_institution"][0:ROWS]
    listed: list[dict[str, Any]] = rows.select(columns).to_arrow().to_pylist()
    return listed


def shares(values: list[str]) -> dict[str, float]:
    counts = Counter(values)
    return {value: count / len(values) for value, count in counts.items()}


def test_american_governments_are_as_many_as_counted() -> None:
    # Census of Governments 2022
    counted = {
        "county": 3_031,
        "municipality": 19_491,
        "township": 16_214,
        "school district": 12_546,
        "special district": 39_555,
    }
    local = shares([office["level"] for office in offices("US") if office["level"] in counted])
    for level, number in counted.items():
        assert abs(local[level] - number / sum(counted.values())) < 0.01


def test_american_townships_stand_where_there_are_townships() -> None:
    states = {office["address.state"] for office in offices("US") if office["level"] == "township"}
    assert {"Michigan", "Ohio", "Pennsylvania"} <= states
    assert not states & {"California", "Texas", "Florida", "Virginia", "Georgia", "Washington"}
    counties = {office["address.state"] for office in offices("US") if office["level"] == "county"}
    assert not counties & {"Connecticut", "Rhode Island", "District of Columbia"}


def test_what_lies_between_county_and_town_is_called_and_led_as_the_state_has_it() -> None:
    offices = World("towns", "US")["public_sector.administration_office"][0:6_000]
    columns = ["name", "level", "leadership", "address.state_code"]
    found: dict[str, set[tuple[bool, str]]] = {}
    for row in offices.select(columns).to_arrow().to_pylist():
        if row["level"] == "township":
            first = next(iter(dict(row["leadership"])))
            found.setdefault(row["address.state_code"], set()).add((row["name"].startswith("Town of "), first))
    assert found["US-NY"] == {(True, "Town Supervisor")} and found["US-WI"] == {(True, "Town Chair")}
    assert found["US-IN"] == {(False, "Township Trustee")} and found["US-MI"] == {(False, "Township Supervisor")}
    assert all(len(each) == 1 for each in found.values())


def test_vietnamese_offices_are_those_of_the_day() -> None:
    def named(clock: str) -> tuple[set[str], set[str]]:
        world = World("days", "VN", clock=clock)
        rows = world["public_sector.administration_office"][0:1_500].select(["name", "type", "departments"]).to_arrow()
        listed = rows.to_pylist()
        tax = {row["name"].split(" ")[0] for row in listed if row["type"] == "Cơ quan Thuế"}
        return tax, {each for row in listed if row["type"].endswith("cấp xã") for each in row["departments"]}

    early, posts = named("2025-01-15T00:00:00Z")
    late, departments = named("2026-06-15T00:00:00Z")
    assert early == {"Chi"} and late == {"Thuế"}
    assert "Tư pháp - Hộ tịch" in posts and not posts & departments


def test_german_administrations_are_as_many_as_counted() -> None:
    # Destatis 2024: 10,753 Gemeinden (106 of them kreisfrei), 294 Landkreise
    own = {"Gemeindeverwaltung", "Stadtverwaltung", "Stadtverwaltung (kreisfreie Stadt)", "Kreisverwaltung"}
    found = shares([office["level"] for office in offices("DE") if office["type"] in own])
    total = 10_753 + 294
    assert abs(found["Gemeinde"] - (10_753 - 106) / total) < 0.005
    assert abs(found["kreisfreie Stadt"] - 106 / total) < 0.003
    assert abs(found["Landkreis"] - 294 / total) < 0.004


@pytest.mark.parametrize(
    ("clock", "units"),
    [("2025-06-30", {"tỉnh": 63, "huyện": 696, "xã": 10_035}), ("2025-07-01", {"tỉnh": 34, "xã": 3_321})],
)
def test_vietnamese_committees_follow_the_reform(clock: str, units: dict[str, int]) -> None:
    found = shares([o["level"] for o in offices("VN", clock) if o["type"].startswith("Ủy ban nhân dân")])
    assert set(found) == set(units)
    for level, number in units.items():
        assert abs(found[level] - number / sum(units.values())) < 0.01
    states = {office["address.state"] for office in offices("VN", clock)}
    assert len(states) == (63 if clock < "2025-07" else 34)


@pytest.mark.parametrize("country", COUNTRIES)
def test_rows_that_name_the_same_office_agree(country: str) -> None:
    by_office: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for office in offices(country):
        by_office[office["identity"]].append(office)
    repeated = [group for group in by_office.values() if len(group) > 1]
    assert repeated
    for group in repeated:
        assert all(other == group[0] for other in group[1:])


def test_offices_of_a_county_serve_the_same_people_under_the_same_code() -> None:
    for country, level in (("US", "county"), ("DE", "Landkreis")):
        found: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for office in offices(country):
            if office["level"] == level:
                found[office["jurisdiction"]].add((office["jurisdiction_code"], office["population_served"]))
        assert len(found) > 200
        assert all(len(facts) == 1 for facts in found.values())


@pytest.mark.parametrize("country", COUNTRIES)
def test_offices_speak_of_their_own_place(country: str) -> None:
    states = {office["address.state"] for office in offices(country)}
    for office in offices(country):
        others = states - {office["address.state"]}
        if country == "US" and office["level"] in {"municipality", "county", "state", "school district"}:
            assert office["address.state"] in office["jurisdiction"]
        if office["level"] in {"state", "Land", "tỉnh"}:
            assert office["jurisdiction"].removeprefix("State of ").removeprefix("Land ") not in others
        assert office["address.organization"] == office["name"]
        assert office["annual_budget"] > 0


@pytest.mark.parametrize("country", COUNTRIES)
def test_domains_are_reserved(country: str) -> None:
    for each in (*offices(country), *schools(country)):
        assert re.fullmatch(r"[a-z]+@[a-z0-9.-]+\.example", each["email"]), each["email"]


def test_leaders_titles_fit_their_sex() -> None:
    titles = {title for office in offices("DE") for title, _ in office["leadership"]}
    assert {"Bürgermeister", "Bürgermeisterin", "Landrat", "Landrätin"} <= titles
    assert all(len(name.split()) >= 2 for office in offices("VN") for _, name in office["leadership"])


def test_american_public_schools_are_as_many_as_counted() -> None:
    # NCES Digest 2023, table 216.30 (percent of public schools)
    counted = {
        "Elementary School": 52.8,
        "Middle School": 16.4,
        "High School": 24.0,
        "Preschool": 1.6,
        "K-12 School": 5.3,
    }
    public = [s for s in schools("US") if s["ownership"] in {"public", "charter"} and s["type"] in counted]
    found = shares([school["type"] for school in public])
    for kind, percent in counted.items():
        assert abs(found[kind] - percent / sum(counted.values())) < 0.01
    charter = sum(school["ownership"] == "charter" for school in public) / len(public)
    assert abs(charter - 7_998 / 99_388) < 0.008
    private = [s for s in schools("US") if s["ownership"] == "private" and s["type"] in counted]
    assert abs(len(private) / len(public) - 29_700 / 99_388) < 0.015


def test_types_of_school_exist_in_their_state() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for school in schools("DE"):
        found[school["address.state"]].add(school["type"])
    assert {"Mittelschule", "Realschule", "Gymnasium"} <= found["Bayern"]
    assert not {"Hauptschule", "Gesamtschule", "Stadtteilschule"} & found["Bayern"]
    assert {"Stadtteilschule", "Gymnasium"} <= found["Hamburg"]
    assert not {"Realschule", "Hauptschule", "Oberschule"} & found["Hamburg"]
    assert [state for state, kinds in found.items() if "Realschule plus" in kinds] == ["Rheinland-Pfalz"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_only_universities_confer_degrees(country: str) -> None:
    degree = re.compile(
        r"\((B[AS]|BBA|BSN|M[AS]|MBA|PhD|JD|MD|B\.(A|Sc|Eng)\.|M\.(A|Sc|Eng)\.|Cử nhân|Thạc sĩ|Tiến sĩ|Kỹ sư)\)"
    )
    higher = {
        "US": {"College", "University"}, "DE": {"Fachhochschule", "Universität"}, "VN": {"Trường Đại học"},
        "GB": {"University"}, "FR": {"Université", "Grande école"},
    }[country]  # fmt: skip
    for school in schools(country):
        awards = any(degree.search(program) for program in school["programs"])
        assert not awards or school["type"] in higher
        if country in {"US", "VN"} and school["type"] in higher:
            assert awards


def test_names_do_not_cross_borders() -> None:
    assert not [s for s in schools("US") if re.search("Gymnasium|Grundschule|Lycée|Trường", s["name"])]
    assert not [s for s in schools("DE") if re.search("High School|Elementary|College|Academy", s["name"])]
    assert all(s["name"].startswith("Trường ") for s in schools("VN"))


def test_codes_have_the_form_of_the_authority() -> None:
    fips = {
        s["address.state"]: s["official_code"][:2] for s in schools("US") if s["official_code_type"] == "NCES school ID"
    }
    assert fips["California"] == "06"
    assert fips["Texas"] == "48"
    forms = {
        "NCES school ID": r"\d{12}", "PSS school ID": r"A9\d{6}", "IPEDS unit ID": r"9\d{5}", "Schulnummer": r"\d{3,8}",
        "Hochschulnummer": r"\d{4}", "Mã trường": r"\d{10}|[A-Z]{3}", "URN": r"9\d{5}", "UKPRN": r"1000\d{4}",
        "UAI": r"9\d{6}[A-Z]",
    }  # fmt: skip
    for country in COUNTRIES:
        for school in schools(country):
            assert re.fullmatch(forms[school["official_code_type"]], school["official_code"])
    for school in schools("FR"):
        digits, letter = school["official_code"][:7], school["official_code"][7]
        assert "ABCDEFGHJKLMNPRSTUVWXYZ"[int(digits) % 23] == letter


def test_schools_are_not_older_than_their_kind_and_state() -> None:
    for school in schools("US"):
        assert school["ownership"] != "charter" or school["founding_year"] >= 1992
    arizona = [s["founding_year"] for s in schools("US") if s["address.state"] == "Arizona"]
    assert min(arizona) >= 1870
    assert min(s["founding_year"] for s in schools("VN") if s["ownership"] == "tư thục") >= 1988


def test_services_take_their_documented_arguments() -> None:
    from random import Random

    office = AdministrationOfficeService("VN", rng=Random(3), clock="2024-05-01").generate()
    assert office.address.country_code == "VN"
    assert office.closed_on[0].year == 2024
    first = EducationalInstitutionService("DE", rng=Random(7)).generate_batch(20)
    again = EducationalInstitutionService(dataset="DE", rng=Random(7)).generate_batch(20)
    assert [each.to_dict() for each in first] == [each.to_dict() for each in again]
    assert {"US", "DE", "VN"} <= set(AdministrationOfficeService.supported_datasets())


def test_any_slice_gives_the_same_rows() -> None:
    for entity in ("administration_office", "educational_institution", "police_department", "police_officer"):
        rows = World("slices", "DE")[f"public_sector.{entity}"]
        whole = rows[0:700].to_arrow()
        part = rows[611:650].to_arrow()
        assert part.to_pylist() == whole.slice(611, 39).to_pylist()


@pytest.mark.parametrize("clock", ["2025-06-15", "2026-01-15"])
def test_vietnamese_offices_of_one_name_agree_and_are_of_one_order(clock: str) -> None:
    world = World("one authority", "VN", clock)
    names = ["name", "jurisdiction", "population_served", "staff_count", "phone", "address.state", "address.commune"]
    facts: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    places = world.data(AdministrationOffice)["common.places"]
    communes = set(places.columns["commune" if clock > "2025-07" else "former_commune"])
    for row in world["public_sector.administration_office"][0:4_000].select(names).to_arrow().to_pylist():
        facts.setdefault((row["name"], row["jurisdiction"]), set()).add(tuple(row.values())[2:])
        assert row["address.commune"] in communes
    shared = sum(len(values) > 1 for values in facts.values())
    # Districts of two provinces may bear one name.
    assert shared < 0.005 * len(facts)
