"""837P and 835: what a doctor asks for a visit, and what the payer pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import X12, Piece, Rule, compact, each, of, only_with, part, together
from datamimic_pack_healthcare.messages.x12.interchange import (
    SENDER,
    Transaction,
    address,
    born,
    day,
    digits,
    level,
    organization,
    person,
    tax_number,
    text,
)
from datamimic_pack_healthcare.messages.x12.judged import of_claims


def _payer(role: str, kind: str) -> Piece:
    return organization(role, text("patient.insurance_provider", 60), kind, of("patient.payer_id"))


def _service() -> Piece:
    return X12.components("HC", of("code"))


class ProfessionalClaim(Transaction):
    """837 professional: what a doctor asks the payer for a visit, through the hospital."""

    name = "x12.837p"
    happens = "claim.billed_on"
    group, version, sent_on = "HC", "005010X222A1", "claim.billed_on"
    mandatory = ("CLM", "HI")
    longest: ClassVar[Mapping[str, int]] = {"CLM.1": 38}
    breaks = Breaks(
        date="claim.billed_on", amount="claim.charge", account="patient.insurance_policy_number", without=("rejected",)
    )

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *of_claims()]

    def document(self) -> Piece:
        hospital = text("hospital.name", 60)
        place = X12.components(of("claim.facility"), "B", "1")
        served = together(of("..claim.served_from", compact), "-", of("..claim.served_to", compact))
        lines = each(
            "claim.lines",
            X12.segment("LX", of("place")),
            X12.segment("SV1", _service(), of("charge"), "UN", of("units"), None, None, "1"),
            X12.segment("DTP", "472", "RD8", served),
        )
        return self.framed(
            "837",
            of("claim.control"),
            X12.segment("BHT", "0019", "00", of("claim.number"), of("claim.billed_on", compact), "1200", "CH"),
            organization("41", hospital, "46", of("hospital.hospital_id")),
            X12.segment("PER", "IC", "BILLING OFFICE", "TE", of("hospital.phone", digits)),
            _payer("40", "46"),
            level("1", None, "20", True),
            organization("85", hospital, "XX", of("hospital.npi_number")),
            address("hospital.", nine_digits=True),
            X12.segment("REF", "EI", tax_number()),
            level("2", "1", "22", False),
            X12.segment("SBR", "P", "18", None, None, None, None, None, None, of("claim.filing")),
            person("IL", "patient.", "MI", of("patient.insurance_policy_number")),
            address("patient."),
            born("patient."),
            _payer("PR", "PI"),
            X12.segment("CLM", of("claim.number"), of("claim.charge"), None, None, place, "Y", "A", "Y", "Y"),
            only_with("claim.admitted", day("435", "claim.admitted")),
            X12.segment("HI", X12.components("ABK", of("claim.diagnosis"))),
            person("82", "doctor.", "XX", of("doctor.npi_number")),
            lines,
        )


class ClaimPayment(Transaction):
    """835: what the payer pays of a claim, and why not the rest."""

    name = "x12.835"
    happens = "claim.paid_on"
    group, version, sent_on = "HP", "005010X221A1", "claim.paid_on"
    names_guide = False
    mandatory = ("BPR", "CLP")
    longest: ClassVar[Mapping[str, int]] = {"CLP.1": 38}
    breaks = Breaks(
        date="claim.paid_on",
        amount="claim.paid",
        account="patient.insurance_policy_number",
        status="claim.status",
        rejected="4",
    )

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *of_claims()]

    def document(self) -> Piece:
        paid_on = of("claim.paid_on", compact)
        head: dict[int, Piece | str] = {
            1: of("claim.handling"), 2: of("claim.paid"), 3: "C", 4: of("claim.method"), 16: paid_on,
        }  # fmt: skip
        payer = together("1", "0000000", of("patient.payer_id", digits))
        claim = X12.segment(
            "CLP", of("claim.number"), of("claim.status"), of("claim.charge"), of("claim.paid"), of("claim.patient"),
            of("claim.filing"), together("P", of("claim.number")), of("claim.facility"), "1",
        )  # fmt: skip
        lines = each(
            "claim.lines",
            X12.segment("SVC", _service(), of("charge"), of("paid"), None, of("units")),
            X12.segment("DTM", "150", of("..claim.served_from", compact)),
            X12.segment("DTM", "151", of("..claim.served_to", compact)),
            only_with("off", X12.segment("CAS", "CO", of("off_reason"), of("off"))),
            only_with("patient", X12.segment("CAS", "PR", of("patient_reason"), of("patient"))),
        )
        return self.framed(
            "835",
            of("claim.control"),
            X12.segment("BPR", *(head.get(element) for element in range(1, 17))),
            X12.segment("TRN", "1", together("C", of("claim.number")), payer),
            X12.segment("DTM", "405", paid_on),
            X12.segment("N1", "PR", text("patient.insurance_provider", 60)),
            X12.segment("N3", "PO BOX 1000"),
            X12.segment(
                "N4",
                text("hospital.address.city", 30),
                of("hospital.address.state_code", part(3)),
                of("hospital.address.postal_code"),
            ),
            X12.segment("PER", "BL", SENDER, "TE", "8005550100"),
            X12.segment("N1", "PE", text("hospital.name", 60), "XX", of("hospital.npi_number")),
            X12.segment("REF", "TJ", tax_number()),
            X12.segment("LX", "1"),
            claim,
            person("QC", "patient.", "MI", of("patient.insurance_policy_number")),
            person("82", "doctor.", "XX", of("doctor.npi_number")),
            X12.segment("DTM", "232", of("claim.served_from", compact)),
            X12.segment("DTM", "233", of("claim.served_to", compact)),
            lines,
        )
