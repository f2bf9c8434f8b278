"""ORM, OMG and ORU: tests are ordered, and their results come back under the order's number."""

from __future__ import annotations

from datamimic import Breaks
from datamimic.formats.documents import HL7, Piece, around, each, of, together
from datamimic_pack_healthcare.messages.hl7.adt import FINDINGS, MOMENTS, VISIT
from datamimic_pack_healthcare.messages.hl7.message import OF_RESULTS, Answer, Hl7, Told
from datamimic_pack_healthcare.messages.hl7.parts import AUTHORITY, code, doctor, utc
from datamimic_pack_healthcare.messages.hl7.segments import patient, stay

LABORATORY = "LIS"
PANEL = ("85353-1", "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel", "LN")
ORDERED, RESULTED = "..findings.ordered", "..moments.resulted"


def _placer() -> Piece:
    return HL7.components(of("order_number"), AUTHORITY)


def _filler() -> Piece:
    return HL7.components(together("F", of("order_number")), LABORATORY)


def _order(control: str, status: str | None, filled: bool) -> Piece:
    """ORC: NW a new order, OK an accepted one, RE one with results."""
    filler = _filler() if filled else None
    return HL7.segment(
        "ORC",
        control,
        _placer(),
        filler,
        None,
        status,
        None,
        None,
        None,
        of(ORDERED, utc),
        None,
        None,
        around(doctor(VISIT)),
    )


def _asked(filled: bool) -> Piece:
    """OBR of a test that is asked for."""
    parts: dict[int, Piece | str | None] = {
        1: of("place"), 2: _placer(), 3: _filler() if filled else None, 4: code("loinc", "test", "LN"),
        16: around(doctor(VISIT)),
    }  # fmt: skip
    return HL7.segment("OBR", *(parts.get(field) for field in range(1, 17)))


def _ordered(who: str) -> Piece:
    tests = each(f"{FINDINGS}laboratory", _order("NW", None, False), _asked(False))
    return HL7.group(patient(who, VISIT), stay(VISIT, MOMENTS), tests)


def _accepted(who: str) -> Piece:
    tests = each(f"{FINDINGS}laboratory", _order("OK", "IP", True), _asked(True))
    return HL7.group(patient(who, VISIT), tests)


def _reported(sequence: Piece | str, test: Piece, taken: Piece, section: str, *numbers: Piece | None) -> Piece:
    """OBR of results that are final."""
    placer, filler = numbers
    parts: dict[int, Piece | str | None] = {
        1: sequence, 2: placer, 3: filler, 4: test, 7: taken, 16: around(doctor(VISIT)) if placer else doctor(VISIT),
        22: of(RESULTED if placer else "moments.resulted", utc), 24: section, 25: "F",
    }  # fmt: skip
    return HL7.segment("OBR", *(parts.get(field) for field in range(1, 26)))


def _value(sequence: Piece | str) -> Piece:
    """OBX of a number with its unit, the range that it is compared with, and on which side of it it lies."""
    unit = HL7.components(of("unit"), of("unit"), "UCUM")
    limits = together(of("reference_low"), "-", of("reference_high"))
    return HL7.segment(
        "OBX", sequence, "NM", code("loinc", "test", "LN"), None, of("value"), unit, limits, of("flag"), None, None, "F", None,
        None, of("taken_at", utc),
    )  # fmt: skip


def _results(who: str) -> Piece:
    """Vital signs in one group; each laboratory value in that of its order."""
    filler = HL7.components(together(of(f"{VISIT}number"), "V"), "HIS")
    signs = _reported("1", HL7.components(*PANEL), of(f"{VISIT}starts", utc), "NRS", None, filler)
    tests = each(
        f"{FINDINGS}laboratory",
        _order("RE", "CM", True),
        _reported(of("group"), code("loinc", "test", "LN"), of("taken_at", utc), "LAB", _placer(), _filler()),
        _value("1"),
    )
    return HL7.group(
        patient(who, VISIT), stay(VISIT, MOMENTS), signs, each(f"{FINDINGS}vital_signs", _value(of("place"))), tests
    )


ORM = Told(
    ("ORM", "O01", "ORM_O01"),
    ("ORR", "O02", "ORR_O02"),
    "findings.ordered",
    _ordered,
    receiver=LABORATORY,
    answer_body=_accepted,
)
OMG = Told(
    ("OMG", "O19", "OMG_O19"),
    ("ORG", "O20", "ORG_O20"),
    "findings.ordered",
    _ordered,
    receiver=LABORATORY,
    answer_body=_accepted,
)
ORU = Told(("ORU", "R01", "ORU_R01"), ("ACK", "R01", "ACK"), "moments.resulted", _results, LABORATORY, "HIS")


class Order(Hl7):
    """ORM O01: laboratory tests of a visit are ordered."""

    name = "hl7.2.5.1.orm_o01"
    happens = "told_ordered"
    told = ORM


class OrderAccepted(Answer):
    """ORR O02: the orders of an ORM O01 are accepted, each with the laboratory's number."""

    name = "hl7.2.5.1.orr_o02"
    happens = "told_ordered"
    told = ORM


class ClinicalOrder(Hl7):
    """OMG O19: laboratory tests of a visit are ordered."""

    name = "hl7.2.5.1.omg_o19"
    happens = "told_ordered"
    told = OMG


class ClinicalOrderAccepted(Answer):
    """ORG O20: the orders of an OMG O19 are accepted, each with the laboratory's number."""

    name = "hl7.2.5.1.org_o20"
    happens = "told_ordered"
    told = OMG


class Results(Hl7):
    """ORU R01: vital signs and laboratory values of a visit."""

    name = "hl7.2.5.1.oru_r01"
    happens = "told_resulted"
    breaks = Breaks(account="patient.medical_record_number", without=("rejected",), lists=OF_RESULTS)
    told = ORU


class ResultsAccepted(Answer):
    """ACK R01: the results are accepted."""

    name = "hl7.2.5.1.ack_r01"
    happens = "told_resulted"
    told = ORU
