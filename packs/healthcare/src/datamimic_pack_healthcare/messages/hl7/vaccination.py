"""VXU: what a registry is told of a patient's vaccinations."""

from __future__ import annotations

from attrs import evolve

from datamimic import Breaks
from datamimic.formats.documents import HL7, Piece, compact, each, of
from datamimic_pack_healthcare.messages.hl7.message import REJECTED, Answer, Hl7, Told
from datamimic_pack_healthcare.messages.hl7.parts import AUTHORITY, code
from datamimic_pack_healthcare.messages.hl7.segments import contact, patient

UNKNOWN = "999"
"""The amount of a dose that nobody wrote down."""
AROUND = "..patient."


def _doses(who: str) -> Piece:
    order = HL7.segment("ORC", "RE", None, HL7.components(of("order_number"), AUTHORITY))
    source = HL7.components(of("source"), of("source_name"), "NIP001")
    day = of("given_on", compact)
    parts: dict[int, Piece | str | None] = {
        1: "0", 2: "1", 3: day, 4: day, 5: code("cvx", "vaccine", "CVX"), 6: UNKNOWN, 9: source, 20: "CP", 21: "A",
    }  # fmt: skip
    dose = HL7.segment("RXA", *(parts.get(field) for field in range(1, 22)))
    return HL7.group(patient(who, ""), contact(who), each("doses", order, dose))


VXU = Told(
    ("VXU", "V04", "VXU_V04"),
    ("ACK", "V04", "ACK"),
    "reported",
    _doses,
    "HIS",
    "IIS",
    None,
    "number",
    "hospital_id",
    "acknowledgement",
)


class Vaccinations(Hl7):
    """VXU V04: a patient's vaccinations, the last of them new."""

    name = "hl7.2.5.1.vxu_v04"
    entity = "healthcare.medical_record"
    happens = "vaccinated"
    told = VXU

    def document(self) -> Piece:
        return each("vaccination_reports", self.told.message(AROUND))


class VaccinationsAccepted(Answer):
    """ACK V04: the vaccinations are accepted."""

    name = "hl7.2.5.1.ack_v04"
    breaks = Breaks(lists={"vaccination_reports": evolve(REJECTED, status="acknowledgement")})
    entity = "healthcare.medical_record"
    happens = "vaccinated"
    told = VXU

    def document(self) -> Piece:
        return each("vaccination_reports", self.told.reply(AROUND))
