"""270, 271 and 834: is a patient insured, and who is enrolled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import X12, Piece, compact, of, only_with, part, together
from datamimic_pack_healthcare.messages.x12.interchange import (
    Transaction,
    address,
    born,
    day,
    digits,
    level,
    organization,
    person,
    text,
)

HEALTH = "30"
"""Service type: a plan's benefits as a whole."""
ORIGIN = "9000000001"


class Eligibility(Transaction):
    """270 or 271: its `purpose`, the kind of its trace, and whether more is told."""

    happens = "claim.asked_on"
    mandatory = ("BHT", "HL", "NM1")
    longest: ClassVar[Mapping[str, int]] = {"TRN.2": 50}
    breaks = Breaks(date="claim.asked_on", account="patient.insurance_policy_number", without=("rejected", "altered"))
    version, sent_on = "005010X279A1", "claim.asked_on"

    def asked(self, code: str, purpose: str, trace: str, *told: Piece) -> Piece:
        member = of("patient.insurance_policy_number")
        return self.framed(
            code,
            of("claim.control"),
            X12.segment("BHT", "0022", purpose, of("claim.number"), of("claim.asked_on", compact), "1200"),
            level("1", None, "20", True),
            organization("PR", text("patient.insurance_provider", 60), "PI", of("patient.payer_id")),
            level("2", "1", "21", True),
            organization("1P", text("hospital.name", 60), "XX", of("hospital.npi_number")),
            level("3", "2", "22", False),
            X12.segment("TRN", trace, of("claim.number"), ORIGIN),
            person("IL", "patient.", "MI", member),
            born("patient."),
            *told,
        )


class EligibilityInquiry(Eligibility):
    """270: the hospital asks the payer, when a visit is booked, whether the patient is insured."""

    name = "x12.270"
    group = "HS"

    def document(self) -> Piece:
        return self.asked("270", "13", "1", day("291", "claim.asked_on"), X12.segment("EQ", HEALTH))


class EligibilityAnswer(Eligibility):
    """271: the payer answers a 270: the plan is active, and what the patient's part is."""

    name = "x12.271"
    group = "HB"

    def document(self) -> Piece:
        active = X12.segment("EB", "1", "IND", HEALTH, None, text("claim.plan", 50))
        part_of_patient = X12.segment("EB", "A", "IND", HEALTH, None, None, None, None, of("claim.share"))
        return self.asked("271", "11", "2", day("291", "claim.asked_on"), active, part_of_patient)


class Enrolments(Transaction):
    """834: a sponsor enrols a member with the payer."""

    name = "x12.834"
    entity = "healthcare.patient"
    happens = "enrolment.starts"
    mandatory = ("INS",)
    longest: ClassVar[Mapping[str, int]] = {"REF.2": 50}
    breaks = Breaks(date="enrolment.starts", account="insurance_policy_number", without=("rejected", "altered"))
    group, version, sent_on = "BE", "005010X220A1", "enrolment.starts"

    def document(self) -> Piece:
        number, starts = of("patient_id", part(7)), of("enrolment.starts", compact)
        member = X12.segment(
            "NM1", "IL", "1", text("family_name", 60), text("given_name", 35), None, None, None, *_identified()
        )
        return self.framed(
            "834",
            number,
            X12.segment("BGN", "00", number, starts, "1200", None, None, None, "2"),
            X12.segment("N1", "P5", text("enrolment.sponsor", 60), "FI", "000000000"),
            X12.segment("N1", "IN", text("insurance_provider", 60), "XV", of("payer_id")),
            X12.segment("INS", "Y", "18", "021", "28", "A", None, None, "AC"),
            X12.segment("REF", "0F", of("insurance_policy_number")),
            day("356", "enrolment.starts"),
            member,
            address(""),
            born(""),
            X12.segment("HD", "021", None, "HLT", text("coverage_type", 50)),
            day("348", "enrolment.starts"),
        )


def _identified() -> tuple[Piece, Piece]:
    """The kind of number and the social security number, both absent for those who have none."""
    return only_with("ssn", together("34")), of("ssn", digits)
