"""Transactions of X12 version 5010: judged by pyx12, their sums to the cent, one with each other and with the world."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import pytest
from x12_judge import faults, refused

from datamimic import DatamimicError, World

ELIGIBILITY = {"270": "HS", "271": "HB"}


@lru_cache
def interchange(kind: str, count: int = 40) -> str:
    world = World(seed="x12", locale="en_US", clock="2025-01-01T00:00:00Z")
    return world.message(f"x12.{kind}")[0:count].to_bytes().decode()


def transactions(kind: str, count: int = 40) -> list[list[list[str]]]:
    """Of each transaction the segments, of each segment the elements."""
    found = interchange(kind, count).split("~\nST*")[1:]
    return [[line.split("*") for line in f"ST*{each}".split("~\nGE*")[0].split("~\n")] for each in found]


def elements(transaction: list[list[str]], *beginning: str) -> list[list[str]]:
    return [each for each in transaction if each[: len(beginning)] == [*beginning]]


def as_4010(text: str) -> str:
    """pyx12 has no map of 270 and 271 in version 5010: that of 4010 has the same segments, with another kind of date."""
    text = text.replace("*^*00501*", "*U*00401*").replace("*005010X279A1~\nBHT", "~\nBHT")
    return text.replace("005010X279A1", "004010X092A1").replace(
        "DTP*291*", "DTP*472*" if "GS*HS" in text else "DTP*307*"
    )


@pytest.mark.parametrize("kind", ["837p", "835", "834", *ELIGIBILITY])
def test_every_negative_is_refused(kind: str) -> None:
    messages = World(seed="x12", locale="en_US", clock="2025-01-01T00:00:00Z").message(f"x12.{kind}")[0:6]
    known = messages.message.negatives()
    assert len(known) >= 8
    for negative in known:
        # Of segments that must be there each is taken away in turn: so many breaks, so many of them.
        for count in range(1, 4 if negative.name == "missing_segment" else 2):
            wrong = messages.broken(**{negative.name: count}).to_bytes().decode()
            assert refused(as_4010(wrong) if kind in ELIGIBILITY else wrong), (kind, negative.name, count)


@pytest.mark.parametrize("kind", ["837p", "835", "834"])
def test_interchanges_are_accepted(kind: str) -> None:
    assert interchange(kind).count("~\nST*") == 40 and faults(interchange(kind)) == []


@pytest.mark.parametrize("kind", ELIGIBILITY)
def test_eligibility_has_the_segments_of_the_guide_before(kind: str) -> None:
    assert faults(as_4010(interchange(kind))) == []


def test_what_is_wrong_is_refused() -> None:
    for kind, old, new in (
        ("837p", r"\*([MF])~\nNM1\*PR", r"*X~\nNM1*PR"),
        ("837p", r"CLM\*[^~]*~\n", ""),
        ("837p", r"~\nSE\*(\d+)", r"~\nSE*9\1"),
        ("835", r"\*(1|4)\*(\d+\.\d+)\*", r"*Q\1*\2*"),
        ("834", r"INS\*Y", "INS*Q"),
    ):
        wrong = re.sub(old, new, interchange(kind), count=1)
        assert wrong != interchange(kind) and faults(wrong), (kind, old)
    assert faults(re.sub(r"TRN\*1\*[^~]*~\n", "", as_4010(interchange("270"))).replace("HL*1**20", "HL*1**21", 1))


def test_what_is_asked_is_paid_or_explained_to_the_cent() -> None:
    claims = {each[0]: each for each in map(_claim, transactions("837p", 400))}
    payments = transactions("835", 400)
    statuses = set()
    for payment in payments:
        (clp,), lines = elements(payment, "CLP"), elements(payment, "SVC")
        number, charge, paid, patient = clp[1], *map(Decimal, clp[3:6])
        statuses.add(clp[2])
        taken = [(each[1], each[2], Decimal(each[3])) for each in elements(payment, "CAS")]
        assert charge == paid + sum(amount for *_, amount in taken)
        assert patient == sum(amount for group, _, amount in taken if group == "PR")
        assert {(group, reason) for group, reason, _ in taken} <= {
            ("CO", "45"),
            ("CO", "197"),
            ("PR", "1"),
            ("PR", "2"),
        }
        assert charge == sum(Decimal(each[2]) for each in lines) and paid == sum(Decimal(each[3]) for each in lines)
        assert Decimal(elements(payment, "BPR")[0][2]) == paid
        _refuse_lines_that_do_not_balance(payment)
        if number in claims:
            asked = [(each[1], Decimal(each[2])) for each in lines]
            assert claims[number][1:] == (charge, asked, clp[6], elements(payment, "NM1", "QC")[0][9])
    assert statuses == {"1", "4"} and len({elements(each, "CLP")[0][1] for each in payments} & claims.keys()) > 300


def _claim(claim: list[list[str]]) -> tuple[str, Decimal, list[tuple[str, Decimal]], str, str]:
    (clm,) = elements(claim, "CLM")
    lines = [(each[1], Decimal(each[2])) for each in elements(claim, "SV1")]
    assert Decimal(clm[2]) == sum(amount for _, amount in lines)
    return clm[1], Decimal(clm[2]), lines, elements(claim, "SBR")[0][9], elements(claim, "NM1", "IL")[0][9]


def _refuse_lines_that_do_not_balance(payment: list[list[str]]) -> None:
    left = Decimal(0)
    for each in payment:
        if each[0] == "SVC":
            assert left == 0
            left = Decimal(each[2]) - Decimal(each[3])
        elif each[0] == "CAS":
            left -= Decimal(each[3])
    assert left == 0


def test_every_question_is_answered() -> None:
    questions, answers = transactions("270"), transactions("271")
    assert len(questions) == len(answers) == 40
    for question, answer in zip(questions, answers, strict=True):
        assert elements(question, "TRN")[0][2] == elements(answer, "TRN")[0][2]
        assert elements(question, "NM1") == elements(answer, "NM1")
        assert elements(answer, "EB", "1") and 0 <= Decimal(elements(answer, "EB", "A")[0][8]) <= 1


def test_who_is_enrolled_is_who_is_insured() -> None:
    world = World(seed="x12", locale="en_US", clock="2025-01-01T00:00:00Z")
    insured = [each for each in world["healthcare.patient"][0:60] if each.insurance_policy_number is not None]
    for enrolled, patient in zip(transactions("834"), insured, strict=False):
        assert elements(enrolled, "REF", "0F")[0][2] == patient.insurance_policy_number
        assert elements(enrolled, "DMG")[0][2] == f"{patient.birthdate:%Y%m%d}"
        assert elements(enrolled, "DTP", "356")[0][3] >= f"{patient.birthdate:%Y%m%d}"


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "en_GB", "vi_VN"])
def test_other_countries_have_no_x12(locale: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        World(seed="x12", locale=locale).message("x12.837p")[0:1].to_bytes()
    assert caught.value.code == "unsupported_locale"


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["837p", "835", "834"])
def test_ten_thousand_are_accepted(kind: str) -> None:
    assert faults(interchange(kind, 10_000)) == []
