"""Telephone numbers: of the country, in the area of the city, of the right kind, and safe by default."""

from __future__ import annotations

import re
import unicodedata

import pytest
from places_support import COUNTRIES, addresses, column, distinct, rows_of

from datamimic import World
from datamimic.errors import DatamimicError
from datamimic_pack_common import AddressService, PhoneNumberGenerator

SAMPLE = 5_000
CALLING = {"US": 1, "CA": 1, "DE": 49, "VN": 84, "GB": 44, "FR": 33, "ES": 34, "BR": 55, "IN": 91, "JP": 81}
# Blocks that regulators reserve for films and books; libphonenumber calls the first three no numbers at all.
NOT_ASSIGNABLE = re.compile(r"\+44 7700 900\d{3}|\+44 115 496 0\d{3}|\+33 6 39 98 \d\d \d\d")
RESERVED = {
    "US": r"\+1 \d{3}-555-01\d\d",
    "CA": r"\+1 \d{3}-555-01\d\d",
    "FR": r"\+33 (1 99 00|2 61 91|3 53 01|4 65 71|5 36 49|6 39 98) \d\d \d\d",
    "GB": r"\+44 (1[1-6][1-8] 496 0\d{3}|191 498 0\d{3}|20 7946 0\d{3}|28 9649 6\d{3}|29 2018 0\d{3}|7700 900\d{3})",
    "DE": r"\+49 (30 23125\d{3}|40 66969\d{3}|69 90009\d{3}|89 99998\d{3}|221 4710\d{3}|171 39200\d\d|176 040690\d\d"
    r"|152 (28817386|28895456|54599371)|172 99(25904|68532|73185|73186|80752)|174 9(091317|464308))",
}
# In areas without a reserved block the local part begins with the trunk prefix, so that nobody can have the number.
UNASSIGNED = {"DE": r"\+49 \d{3,5} 0\d+", "GB": r"\+44 (\d{4} 0\d{5}|2\d 0\d{3} \d{4})"}


@pytest.fixture(params=COUNTRIES)
def country(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.oracle("phonenumbers")
@pytest.mark.parametrize("identifiers", ["safe", "valid"])
def test_numbers_are_valid_and_of_the_right_kind(country: str, identifiers: str) -> None:
    phonenumbers = pytest.importorskip("phonenumbers", reason="the oracle of numbers is not installed")
    types = phonenumbers.PhoneNumberType
    landline, mobile = {types.FIXED_LINE, types.FIXED_LINE_OR_MOBILE}, {types.MOBILE, types.FIXED_LINE_OR_MOBILE}
    world = World("numbers", country, options={"common.address": {"identifiers": identifiers}})
    table = world["common.address"][0:SAMPLE].select(["phone", "fax", "mobile_phone"]).to_arrow()
    for name, kinds in (("phone", landline), ("fax", landline), ("mobile_phone", mobile)):
        for number in set(column(table, name)):
            if NOT_ASSIGNABLE.fullmatch(str(number)):
                assert identifiers == "safe"
                continue
            parsed = phonenumbers.parse(number)
            assert phonenumbers.is_valid_number_for_region(parsed, country), number
            assert phonenumbers.number_type(parsed) in kinds, number


def test_landlines_begin_with_the_area_code_of_the_city(country: str) -> None:
    table = addresses(country)
    rows = zip(*(column(table, name) for name in ("phone", "fax", "area")), strict=True)
    for phone, fax, area in rows:
        start = re.compile(rf"\+{CALLING[country]} {area}[ -]")
        assert start.match(str(phone))
        assert start.match(str(fax))


@pytest.mark.oracle("phonenumbers")
def test_area_codes_lie_in_the_state(country: str) -> None:
    geocoder = pytest.importorskip("phonenumbers.geocoder", reason="the oracle of areas is not installed")
    phonenumbers = pytest.importorskip("phonenumbers")
    if country not in ("US", "CA", "BR", "VN"):
        pytest.skip("the names of areas that libphonenumber gives show no state")
    language = {"US": "en", "CA": "en", "BR": "pt", "VN": "vi"}[country]
    table = addresses(country, "2025-01-01")
    first = {(str(area), str(state)): str(phone) for area, state, phone in
             zip(column(table, "area"), column(table, "state"), column(table, "phone"), strict=True)}  # fmt: skip
    code = {str(state): str(letters)[3:] for state, letters in distinct(table, "state", "state_code")}
    known = 0
    for (_, state), phone in first.items():
        described = geocoder.description_for_number(phonenumbers.parse(phone), language)
        if country in ("US", "BR") and re.search(r"[ ,-] ?[A-Z]{2}$", described):
            known += 1
            if country == "BR":
                # One DDD (61) serves the Distrito Federal and the Goiás around it.
                assert described.endswith(code[state]) or {described[-2:], code[state]} == {"DF", "GO"}, (
                    phone,
                    described,
                )
        elif country == "CA":
            known += 1
            letters = described.rpartition(", ")[2]
            assert described == "Canada" or state in described or letters == code[state] or "867" in phone, (
                phone,
                described,
            )
        elif country == "VN":
            known += 1
            assert _letters(state) in _letters(described) or _letters(described) in _letters(state), (state, described)
    if country == "US":
        areas = {str(area) for area, _ in first}
        states = {area: {s for a, s in first if a == area} for area in areas}
        assert all(len(of) == 1 for of in states.values()), {area: of for area, of in states.items() if len(of) > 1}
    assert known >= {"US": 10, "CA": 20, "VN": 60, "BR": 10}[country]


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z]", "", plain)


def test_numbers_are_safe_by_default(country: str) -> None:
    table = addresses(country)
    for name in ("phone", "fax", "mobile_phone"):
        numbers = {str(number) for number in column(table, name)}
        if country in RESERVED:
            allowed = re.compile(f"{RESERVED[country]}|{UNASSIGNED.get(country, 'never')}")
            assert not [number for number in numbers if not allowed.fullmatch(number)][:5]
    plans = rows_of(f"phone_plans_{country}")
    assert {row["status"] for row in plans} <= {"reserved", "unassigned", "formal"}
    assert {row["identifiers"] for row in plans} == {"safe", "valid"}


def test_valid_numbers_are_not_the_reserved_ones() -> None:
    for country in ("US", "GB"):
        made = PhoneNumberGenerator(country, seed=1, identifiers="valid").generate_batch(500)
        assert not [number for number in made if re.fullmatch(RESERVED[country], number)]


def test_generator_takes_an_area_code_and_writes_it_at_home_and_abroad() -> None:
    assert PhoneNumberGenerator("DE", "30", seed=1).generate().startswith("+49 30 23125")
    assert PhoneNumberGenerator("GB", "161", seed=1, national=True).generate().startswith("0161 496 0")
    assert re.fullmatch(r"\(212\) 555-01\d\d", PhoneNumberGenerator("US", "212", seed=1, national=True).generate())
    assert PhoneNumberGenerator("FR", is_mobile=True, seed=1).generate().startswith("+33 6 39 98")


@pytest.mark.parametrize("area_code", ["030", "1234567", "9x"])
def test_generator_refuses_what_is_no_area_code(area_code: str) -> None:
    with pytest.raises(DatamimicError):
        PhoneNumberGenerator("US", area_code, seed=1).generate_batch(2) if area_code != "030" else PhoneNumberGenerator(
            "US", "03", seed=1
        ).generate()


def test_identifiers_is_safe_or_valid() -> None:
    with pytest.raises(DatamimicError):
        PhoneNumberGenerator("US", identifiers="real")
    with pytest.raises(DatamimicError):
        AddressService("US", identifiers="real")
