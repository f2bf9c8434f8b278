"""Literal generators of names, numbers, texts, times and registered numbers, standing alone."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from stdnum import ean, imei
from stdnum.br import cnpj, cpf

import datamimic_pack_common as common
from datamimic import DatamimicError
from datamimic_pack_common.generators.numbers import DISTRIBUTIONS

pytestmark = pytest.mark.oracle("python-stdnum")

SIMPLE = (
    "GivenName", "FamilyName", "Gender", "AcademicTitle", "NobilityTitle", "Birthdate", "Integer", "Float", "Boolean",
    "Increment", "GlobalIncrement", "String", "Password", "Token", "Hash", "UUID", "Color", "Binary", "DateTime", "CPF",
    "CNPJ", "SSN", "EAN", "IMEI", "VIN", "LicensePlate",
)  # fmt: skip
COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")


@pytest.mark.parametrize("name", SIMPLE)
def test_one_by_one_and_in_batches_the_same_values(name: str) -> None:
    made = getattr(common, f"{name}Generator")
    one = made(seed=7)
    singly = [one.generate() for _ in range(40)]
    batch = made(seed=7)
    assert singly == batch.generate_batch(25) + batch.generate_batch(15)
    assert made(rng=Random(3)).generate_batch(5) == made(rng=Random(3)).generate_batch(5)


def test_names_by_country_and_gender() -> None:
    assert "Nguyễn" in common.FamilyNameGenerator("VN", seed=1).generate_batch(50)
    assert all(" " in name for name in common.FamilyNameGenerator("ES", seed=1).generate_batch(50))
    women = set(common.GivenNameGenerator("DE", gender="female", birth_year=1960, seed=1).generate_batch(2_000))
    men = set(common.GivenNameGenerator("DE", gender="male", birth_year=1960, seed=1).generate_batch(2_000))
    assert {"Sabine", "Petra"} <= women
    assert {"Thomas", "Michael"} <= men
    generator = common.GivenNameGenerator("DE", birth_year=1960, seed=1)
    assert generator.generate_with_gender("female") in women
    with pytest.raises(DatamimicError):
        common.GivenNameGenerator("DE", gender="woman")
    assert set(common.NobilityTitleGenerator("DE", gender="female", noble_quota=1.0, seed=1).generate_batch(500)) >= {
        "von",
        "Gräfin von",
    }
    assert set(common.NobilityTitleGenerator("US", noble_quota=1.0, seed=1).generate_batch(20)) == {""}


def test_genders_in_the_shares_asked_for() -> None:
    found = Counter(common.GenderGenerator(0.6, 0.1, seed=1).generate_batch(20_000))
    assert found["female"] / 20_000 == pytest.approx(0.6, abs=0.01)
    assert found["other"] / 20_000 == pytest.approx(0.1, abs=0.01)
    with pytest.raises(DatamimicError):
        common.GenderGenerator(0.8, 0.3)


def test_birthdates() -> None:
    generator = common.BirthdateGenerator(min_age=18, max_age=30, clock="2024-02-29T00:00:00Z", seed=1)
    ages = {generator.convert_birthdate_to_age(born) for born in generator.generate_batch(3_000)}
    assert ages == set(range(18, 31))
    with pytest.raises(DatamimicError):
        common.BirthdateGenerator(5, 4)


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_whole_numbers(distribution: str) -> None:
    found = common.IntegerGenerator(10, 40, distribution, seed=1).generate_batch(3_000)
    assert all(10 <= number <= 40 for number in found)
    if distribution in ("increment", "step", "shuffle", "wedge"):
        assert sorted(found[:31]) == list(range(10, 41))
    if distribution == "cumulated":
        assert sum(22 <= number <= 28 for number in found) * 31 / len(found) / 7 * 15 > 20
    if distribution == "fibonacci":
        assert set(found) == {13, 21, 34}
    if distribution == "padovan":
        assert set(found) == {12, 16, 21, 28, 37}


def test_large_ranges_and_bad_ones() -> None:
    assert all(
        -(2**61) <= n <= 2**61 - 1 for n in common.IntegerGenerator(-(2**61), 2**61 - 1, seed=1).generate_batch(100)
    )
    for arguments in ((5, 4), (0, 2**64), (0, 1, "zigzag")):
        with pytest.raises(DatamimicError):
            common.IntegerGenerator(*arguments)


def test_decimal_numbers_are_multiples() -> None:
    found = set(common.FloatGenerator(0, 1, 0.25, seed=1).generate_batch(500))
    assert found == {0.0, 0.25, 0.5, 0.75, 1.0}
    assert 0.1 + 0.2 not in common.FloatGenerator(0, 10, 0.1, seed=1).generate_batch(2_000)
    with pytest.raises(DatamimicError):
        common.FloatGenerator(0, 1, 0)


def test_counters() -> None:
    assert common.IncrementGenerator(5, 20, 5).generate_batch(4) == [5, 10, 15, 20]
    assert common.IncrementGenerator(3, 1, -1).generate_batch(3) == [3, 2, 1]
    with pytest.raises(DatamimicError):
        common.IncrementGenerator(5, 20, 5).generate_batch(5)
    assert common.GlobalIncrementGenerator().generate_batch(3) == [1, 2, 3]
    share = sum(common.BooleanGenerator(0.2, seed=1).generate_batch(20_000)) / 20_000
    assert share == pytest.approx(0.2, abs=0.01)


def test_strings() -> None:
    assert all(
        re.fullmatch(r"x-[A-F0-9]{2,6}!", s)
        for s in common.StringGenerator(2, 6, "[A-F0-9]", prefix="x-", suffix="!", seed=1).generate_batch(500)
    )
    assert set("".join(common.StringGenerator(max_len=9, char_set="äöü", seed=1).generate_batch(99))) == set("äöü")
    every = common.StringGenerator(max_len=3, char_set="abc", unique=True, seed=1).generate_batch(27)
    assert len(set(every)) == 27
    long = common.StringGenerator(max_len=40, unique=True, seed=1).generate_batch(5_000)
    assert len(set(long)) == 5_000
    assert {len(s) for s in long} == {40}
    with pytest.raises(DatamimicError):
        common.StringGenerator(max_len=1, char_set="abc", unique=True, seed=1).generate_batch(4)


@pytest.mark.parametrize(
    "pattern", [r"[A-Z]{2}\d{3,5}(foo|bar)?x+", r"^\w+@[^@\s]{3}\.(de|com)$", r"a.b*", r"(?:x|yz){2}[^a-z]"]
)
def test_strings_from_patterns(pattern: str) -> None:
    rng = Random(1)
    assert all(re.fullmatch(pattern, common.StringGenerator.rnd_str_from_regex(pattern, rng)) for _ in range(200))
    ids = common.PrefixedIdGenerator("ORD", pattern, seed=1).generate_batch(50)
    assert all(re.fullmatch(pattern, each.removeprefix("ORD-")) for each in ids)


def test_patterns_that_cannot_be_written_are_refused() -> None:
    for pattern in ("[", r"(a)\1", "(?=x)x"):
        with pytest.raises(DatamimicError):
            common.PrefixedIdGenerator("X", pattern)


def test_passwords_hold_every_kind() -> None:
    for password in common.PasswordGenerator(8, seed=1).generate_batch(500):
        assert len(password) == 8
        assert all(re.search(kind, password) for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]"))
    plain = common.PasswordGenerator(
        5, include_special=False, include_numbers=False, include_uppercase=False, seed=1
    ).generate_batch(50)
    assert all(re.fullmatch("[a-z]{5}", password) for password in plain)
    with pytest.raises(DatamimicError):
        common.PasswordGenerator(3)


def test_tokens_hashes_and_uuids() -> None:
    assert all(
        re.fullmatch("[0-9a-f]{10}", token) for token in common.TokenGenerator(entropy=5, seed=1).generate_batch(50)
    )
    assert all(
        re.fullmatch("[A-Za-z0-9_-]{22}", token)
        for token in common.TokenGenerator("urlsafe", 16, seed=1).generate_batch(50)
    )
    assert all(len(digest) == 128 for digest in common.HashGenerator("sha512", seed=1).generate_batch(5))
    ids = [uuid.UUID(text) for text in common.UUIDGenerator(seed=1).generate_batch(2_000)]
    assert {each.version for each in ids} == {4}
    assert {each.variant for each in ids} == {uuid.RFC_4122}
    assert len(set(ids)) == 2_000
    for refused in (
        lambda: common.TokenGenerator("base64"),
        lambda: common.HashGenerator("crc32"),
        lambda: common.ColorGenerator("hsl"),
    ):
        with pytest.raises(DatamimicError):
            refused()


def test_times_durations_and_choices() -> None:
    step = timedelta(minutes=15)
    times = common.TimeGenerator(time(8), time(17), step, seed=1).generate_batch(400)
    assert {min(times), max(times)} == {time(8), time(17)} and {each.minute for each in times} == {0, 15, 30, 45}
    lengths = common.DurationGenerator(-step, step, step, seed=1).generate_batch(60)
    assert {*lengths} == {-step, timedelta(0), step}
    drawn = common.ChoiceGenerator(["a", "b", "c"], [8, 2, 0], seed=1).generate_batch(1_000)
    assert drawn == common.ChoiceGenerator(["a", "b", "c"], [8, 2, 0], seed=1).generate_batch(1_000)
    assert {*drawn} == {"a", "b"} and 700 < drawn.count("a") < 900
    for refused in (
        lambda: common.TimeGenerator(time(9), time(8)),
        lambda: common.DurationGenerator(step, step, timedelta(0)),
        lambda: common.ChoiceGenerator(["a"], [1, 2]),
        lambda: common.ChoiceGenerator([]),
    ):
        with pytest.raises(DatamimicError):
            refused()


def test_colours_and_binary_data() -> None:
    forms = {
        "hex": r"#[0-9a-f]{6}",
        "rgb": r"rgb\(\d+, \d+, \d+\)",
        "rgba": r"rgba\(\d+, \d+, \d+, [01](\.\d+)?\)",
        "name": "[a-z]+",
    }
    for form, pattern in forms.items():
        assert all(re.fullmatch(pattern, colour) for colour in common.ColorGenerator(form, seed=1).generate_batch(200))
    found = common.BinaryGenerator(10, 20, "image/png", seed=1).generate_batch(200)
    assert all(each.startswith(b"\x89PNG") and 10 <= len(each) <= 20 for each in found)


def test_instants_within_limits() -> None:
    low, high = datetime(2025, 3, 1, 13, 30, tzinfo=UTC), datetime(2025, 3, 2, 2, 0, 5, tzinfo=UTC)
    found = common.DateTimeGenerator(low, high, seed=1).generate_batch(2_000)
    assert all(low <= instant <= high for instant in found)
    assert common.DateTimeGenerator(low, low, seed=1).generate() == low
    # A day that only its first second belongs to is not as likely as a whole one.
    day = common.DateTimeGenerator("2024-05-01", "2024-05-02", seed=1).generate_batch(2_000)
    assert sum(each == datetime(2024, 5, 2, tzinfo=UTC) for each in day) <= 2
    evening = common.DateTimeGenerator("2024-05-01T18:00:00", "2024-05-02T23:59:59", seed=1).generate_batch(2_000)
    assert 0.17 < sum(each.day == 1 for each in evening) / 2_000 < 0.23
    assert common.DateTimeGenerator(value="03.04.2024 05:06", input_format="%d.%m.%Y %H:%M").generate() == datetime(
        2024, 4, 3, 5, 6, tzinfo=UTC
    )
    assert common.DateTimeGenerator(random=False, clock="2030-01-02T03:04:05Z").generate() == datetime(
        2030, 1, 2, 3, 4, 5, tzinfo=UTC
    )
    with pytest.raises(DatamimicError):
        common.DateTimeGenerator(high, low, seed=1).generate()


def test_instants_by_habit() -> None:
    office = common.DateTimeGenerator(
        "2025-01-01", "2025-12-31", months="Q1,9-10", months_exclude="Feb", weekdays="Mon-Fri", hours_preset="office",
        minute_granularity=15, second_granularity=60, seed=1,
    ).generate_batch(2_000)  # fmt: skip
    assert {instant.month for instant in office} == {1, 3, 9, 10}
    assert {instant.weekday() for instant in office} == {0, 1, 2, 3, 4}
    assert {instant.minute for instant in office} == {0, 15, 30, 45}
    assert all(7 <= instant.hour <= 18 and instant.second == 0 for instant in office)
    ends = common.DateTimeGenerator("2024-01-01", "2024-12-31", dom="1,last", seed=1).generate_batch(1_000)
    assert all(i.day == 1 or (i.date() + timedelta(1)).day == 1 for i in ends)
    assert date(2024, 2, 29) in {i.date() for i in ends}
    assert {
        i.weekday()
        for i in common.DateTimeGenerator("2025-01-01", "2025-06-30", weekdays="weekend", seed=1).generate_batch(300)
    } == {5, 6}
    for wrong in (
        {"weekdays": "Funday"},
        {"months": "0"},
        {"hours_preset": "lunch"},
        {"hour_weights": [1, 2]},
        {"minute_granularity": 0},
    ):
        with pytest.raises(DatamimicError):
            common.DateTimeGenerator(**wrong)


def test_registered_numbers_are_valid() -> None:
    assert all(map(cpf.is_valid, common.CPFGenerator(seed=1).generate_batch(2_000)))
    assert all(map(cnpj.is_valid, common.CNPJGenerator(seed=1).generate_batch(2_000)))
    assert all(map(imei.is_valid, common.IMEIGenerator(seed=1).generate_batch(2_000)))
    safe = common.EANGenerator(seed=1).generate_batch(2_000)
    assert all(number.startswith("952") and ean.is_valid(number) for number in safe)
    assert len(set(safe)) == 2_000
    german = common.EANGenerator("DE", "valid", seed=1).generate_batch(200)
    assert all(ean.is_valid(number) and 400 <= int(number[:3]) <= 440 for number in german)
    with pytest.raises(DatamimicError):
        common.EANGenerator(identifiers="real")


def vin_check(number: str) -> str:
    values = (
        dict(zip("ABCDEFGH", range(1, 9), strict=True))
        | dict(zip("JKLMN", range(1, 6), strict=True))
        | {"P": 7, "R": 9}
    )
    values |= dict(zip("STUVWXYZ", range(2, 10), strict=True)) | {str(digit): digit for digit in range(10)}
    rest = (
        sum(values[c] * w for c, w in zip(number, (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2), strict=True))
        % 11
    )
    return "X" if rest == 10 else str(rest)


def test_vehicles() -> None:
    assert vin_check("1M8GDM9AXKP042788") == "X"  # a published example
    for identifiers in ("safe", "valid"):
        found = common.VINGenerator("DE", identifiers, 2020, 2024, seed=1).generate_batch(2_000)
        assert all(re.fullmatch("[A-HJ-NPR-Z0-9]{17}", number) and number[8] == vin_check(number) for number in found)
        assert {number[9] for number in found} == set("LMNPR")
        assert len(set(found)) == 2_000
    for country in COUNTRIES:
        assert len(set(common.LicensePlateGenerator(country, seed=1).generate_batch(500))) >= 480


@pytest.mark.parametrize("country", COUNTRIES)
def test_insurance_numbers_of_every_country(country: str) -> None:
    found = common.SSNGenerator(country, seed=1).generate_batch(300)
    assert all(number and re.fullmatch("[0-9A-Z./-]{9,15}", number) for number in found)


def test_state_walks() -> None:
    transitions = {"open": {"paid": 3, "cancelled": 1}, "paid": {"shipped": 1}}
    walk = common.StateTransitionGenerator(transitions, start="open", seed=1).generate_batch(4_000)
    following = Counter(pairwise(walk))
    allowed = {("open", "paid"), ("open", "cancelled"), ("paid", "shipped"), ("shipped", "open"), ("cancelled", "open")}
    # A walk begins anew every 1,024 values.
    assert {pair for pair, count in following.items() if count > 4} == allowed
    assert following["open", "paid"] / walk.count("open") == pytest.approx(0.75, abs=0.05)
    with pytest.raises(DatamimicError):
        common.StateTransitionGenerator(transitions, start="lost")
    with pytest.raises(DatamimicError):
        common.StateTransitionGenerator({"a": {"b": 0}})
