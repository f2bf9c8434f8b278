"""National numbers: valid for the independent library, safe by default, agreeing with what they say of a person."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from stdnum import luhn, verhoeff
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import utr
from stdnum.in_ import aadhaar, pan
from stdnum.iso7064 import mod_11_10
from stdnum.jp import in_ as my_number
from stdnum.us import itin, ssn

from datamimic import DatamimicError, World
from datamimic_pack_common import Person, check_digits

pytestmark = pytest.mark.oracle("python-stdnum")

COUNT = 20_000


def numbers(country: str, column: str, identifiers: str = "safe", *more: str) -> list:
    world = World("ids", country, options={"common.person": {"identifiers": identifiers}})
    found = world[Person][0:COUNT].select([column, *more]).to_arrow().to_pylist()
    return [tuple(row.values()) if more else row[column] for row in found if row[column] is not None]


def of_spain(number: str) -> bool:
    """Of nationals or, with a letter before it, of foreigners."""
    valid: bool = (nie if number[0] in "XYZ" else dni).is_valid(number)
    return valid


@pytest.mark.parametrize(
    ("country", "column", "identifiers", "is_valid"),
    [
        ("US", "social_security_number", "valid", ssn.is_valid),
        ("CA", "social_security_number", "valid", sin.is_valid),
        ("DE", "tax_id", "valid", idnr.is_valid),
        ("GB", "tax_id", "safe", utr.is_valid),
        ("FR", "social_security_number", "safe", nir.is_valid),
        ("FR", "social_security_number", "valid", nir.is_valid),
        ("ES", "national_id", "safe", of_spain),
        ("ES", "national_id", "valid", of_spain),
        ("BR", "tax_id", "safe", cpf.is_valid),
        ("IN", "tax_id", "safe", pan.is_valid),
        ("IN", "national_id", "safe", aadhaar.is_valid),
        ("IN", "national_id", "valid", aadhaar.is_valid),
        ("JP", "national_id", "safe", my_number.is_valid),
    ],
)
def test_numbers_are_valid(country: str, column: str, identifiers: str, is_valid: Callable[[str], bool]) -> None:
    found = numbers(country, column, identifiers)
    assert len(found) > COUNT / 2
    assert [number for number in found if not is_valid(number)] == []


@pytest.mark.parametrize("identifiers", ["safe", "valid"])
def test_a_number_is_given_once(identifiers: str) -> None:
    for country, column in (
        ("US", "social_security_number"), ("CA", "social_security_number"), ("DE", "tax_id"), ("DE", "social_security_number"),
        ("GB", "social_security_number"), ("GB", "tax_id"), ("FR", "social_security_number"), ("ES", "national_id"),
        ("VN", "national_id"), ("BR", "tax_id"), ("IN", "tax_id"), ("IN", "national_id"), ("JP", "national_id"),
    ):  # fmt: skip
        world = World("ids", country, options={"common.person": {"identifiers": identifiers}})
        found = world[Person][0:120_000].select([column]).to_arrow()[column].drop_null()
        assert len(found.unique()) == len(found) > 50_000, (country, column)


@pytest.mark.parametrize(("country", "column"), [("DE", "social_security_number"), ("FR", "social_security_number")])
def test_a_number_is_given_once_where_many_are_alike(country: str, column: str) -> None:
    """A generation of one age, of whom the number says the same of dozens."""
    world = World("alike", country, options={"common.person": {"min_age": 40, "max_age": 40, "female_quota": 1.0}})
    found = world[Person][50_000:120_000].select([column]).to_arrow()[column]
    assert found.null_count == 0 and len(found.unique()) == len(found)
    some = world[Person].gather(np.array([70_001, 50_003, 119_999])).column(column).to_pylist()
    assert some == [found[row - 50_000].as_py() for row in (70_001, 50_003, 119_999)]


def test_more_people_than_numbers_are_refused_before_the_first() -> None:
    people = World("many", "DE")[Person]
    with pytest.raises(DatamimicError) as refused:
        people[0:50_000_000].select(["social_security_number"])
    assert refused.value.code == "not_enough_ids"
    assert people.select(["name"])[0:50_000_000].stop == 50_000_000


def test_safe_numbers_are_in_ranges_that_nobody_has() -> None:
    american = numbers("US", "social_security_number")
    assert all(re.fullmatch(r"9\d\d-(0[1-9]|[1-4]\d)-(?!0000)\d{4}", number) for number in american)
    assert not any(itin.is_valid(number) for number in american)
    canadian = numbers("CA", "social_security_number")
    assert all(number.startswith("0") and luhn.is_valid(number.replace("-", "")) for number in canadian)
    german = numbers("DE", "tax_id")
    assert all(number.startswith("0") and mod_11_10.is_valid(number) for number in german)
    assert all(sorted(map(number[:10].count, set(number[:10])))[-2:] == [1, 2] for number in german)
    areas = {int(number[:2]) for number in numbers("DE", "social_security_number")}
    given_out = {*range(2, 5), *range(8, 22), *range(23, 27), 28, 29, *range(38, 41), *range(42, 45), *range(48, 62)}
    assert not areas & {*given_out, *range(63, 67), 68, 69, *range(78, 83), 89}
    assert all(re.fullmatch(r"QQ\d{6}[ABCD]", number) for number in numbers("GB", "social_security_number"))
    free = r".{5}(9[78]\d(00|6[3-9]|[7-9]\d)|(?!9[78]).{2}(000|9[5-8]\d)).{5}"
    assert all(re.fullmatch(free, number) for number in numbers("FR", "social_security_number"))
    assert all(number[:8] >= "90000000" for number in numbers("ES", "national_id"))
    assert all(number.startswith("9999") for number in numbers("IN", "national_id"))


def test_british_insurance_numbers_have_letters_that_are_given_out() -> None:
    pattern = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]"
    assert all(re.fullmatch(pattern, number) for number in numbers("GB", "social_security_number", "valid"))


def german_check(number: str) -> int:
    """After the rule of the Deutsche Rentenversicherung, digit by digit."""
    digits = number[:8] + f"{ord(number[8]) - 64:02d}" + number[9:11]
    products = [int(d) * w for d, w in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)]
    return sum(p // 10 + p % 10 for p in products) % 10


def test_german_insurance_numbers() -> None:
    assert german_check("15070649C103") == 3  # the example that the pension insurance prints
    for number, born, gender in numbers("DE", "social_security_number", "valid", "birthdate", "gender"):
        assert int(number[11]) == german_check(number)
        assert number[2:8] == born.strftime("%d%m%y")
        assert (int(number[9:11]) >= 50) == (gender == "female")


def test_vietnamese_numbers_tell_province_century_sex_and_year() -> None:
    world = World("ids", "VN")
    rows = (
        world[Person][0:5_000]
        .select(["national_id", "birthdate", "gender", "birth_place", "tax_id", "nationality"])
        .to_arrow()
        .to_pylist()
    )
    data = world.data(Person)
    former = data["places"].columns["former_state_code"]
    codes = dict(
        zip(
            data["cccd_provinces"].columns["former_state_code"],
            data["cccd_provinces"].columns["cccd_code"],
            strict=True,
        )
    )
    assert len(codes) == 63
    for row in rows:
        if row["nationality"] != "VN" or row["birth_place"] < 0:
            assert row["national_id"] is None
            continue
        century = (row["birthdate"].year // 100 - 19) * 2 + (row["gender"] == "female")
        assert (
            row["national_id"][:6] == f"{codes[former[row['birth_place']]]}{century}{row['birthdate'].year % 100:02d}"
        )
        assert re.fullmatch(r"\d{12}", row["national_id"])
        assert row["tax_id"] == row["national_id"]


def test_french_numbers_tell_sex_month_and_department() -> None:
    world = World("ids", "FR")
    columns = ["social_security_number", "birthdate", "gender", "birth_place"]
    postal = world.data(Person)["places"].columns["postal_code"]
    for row in world[Person][0:5_000].select(columns).to_arrow().to_pylist():
        number, born = row["social_security_number"], row["birthdate"]
        code = postal[row["birth_place"]] if row["birth_place"] >= 0 else "99"
        assert number[:5] == f"{1 + (row['gender'] == 'female')}{born:%y%m}"
        assert number[5:7] == code[:2] or (code.startswith("20") and number[5:7] in ("2A", "2B"))


def test_brazilian_numbers_tell_the_region_of_the_residence() -> None:
    world = World("ids", "BR")
    for row in world[Person][0:2_000].select(["tax_id", "address.state_code"]).to_arrow().to_pylist():
        if row["address.state_code"] == "BR-SP":
            assert row["tax_id"][10] == "8"


def test_indian_tax_numbers_tell_the_initial_of_the_name() -> None:
    assert all(
        number[3] == "P" and number[4] == name[0] for number, name in numbers("IN", "tax_id", "safe", "family_name")
    )


def test_check_digits_agree_with_the_library() -> None:
    digits = check_digits.places(np.arange(0, 10_000_000, 997, dtype=np.int64), 9)
    for row, by_luhn, by_verhoeff, by_iso in zip(
        digits.tolist(),
        check_digits.luhn(digits).tolist(),
        check_digits.verhoeff(digits).tolist(),
        check_digits.iso7064_mod_11_10(digits).tolist(),
        strict=True,
    ):
        text = "".join(map(str, row))
        assert luhn.calc_check_digit(text) == str(by_luhn)
        assert verhoeff.calc_check_digit(text) == str(by_verhoeff)
        assert mod_11_10.calc_check_digit(text) == str(by_iso)
