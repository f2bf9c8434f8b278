"""MDM: what is written of a visit, with its content."""

from __future__ import annotations

from typing import Final

from datamimic import Breaks
from datamimic.formats.documents import HL7, Piece, each, named, of, together
from datamimic_pack_healthcare.messages.hl7.adt import FINDINGS, MOMENTS, VISIT
from datamimic_pack_healthcare.messages.hl7.message import OF_RESULTS, Answer, Hl7, Told
from datamimic_pack_healthcare.messages.hl7.parts import AUTHORITY, doctor, utc
from datamimic_pack_healthcare.messages.hl7.segments import event, patient, stay

KIND: Final = named({"AMB": "PR", "EMER": "ED", "IMP": "DS"})
"""HL7 table 0270: progress note, emergency department report, discharge summary."""
LOINC: Final = named({"AMB": "11506-3", "EMER": "34878-9", "IMP": "18842-5"})
TITLE: Final = named({"AMB": "Progress note", "EMER": "Emergency medicine Note", "IMP": "Discharge summary"})


def _line(sequence: Piece | str, visit: str, text: Piece) -> Piece:
    kind = of(f"{visit}encounter_class", LOINC), of(f"{visit}encounter_class", TITLE)
    return HL7.segment(
        "OBX", sequence, "TX", HL7.components(*kind, "LN"), None, text, None, None, None, None, None, "F"
    )


def _note(who: str) -> Piece:
    """The reason and every value, a line each."""
    written, by = of("moments.documented", utc), doctor(VISIT)
    number = HL7.components(together(of(f"{VISIT}number"), "N"), AUTHORITY)
    head: dict[int, Piece | str | None] = {
        1: "1", 2: of(f"{VISIT}encounter_class", KIND), 3: "TX", 4: of(f"{VISIT}starts", utc), 5: by, 6: written, 9: by,
        12: number, 17: "LA", 19: "AV",
    }  # fmt: skip
    reason = together(of(f"{VISIT}reason"), " (", of(f"{VISIT}reason_code"), ")")
    value = together(of("test"), ": ", of("value"), " ", of("unit"))
    return HL7.group(
        event("T02", "moments.documented"), patient(who, VISIT), stay(VISIT, MOMENTS),
        HL7.segment("TXA", *(head.get(field) for field in range(1, 20))), _line("1", VISIT, reason),
        each(f"{FINDINGS}vital_signs", _line(of("line"), "..visit.", value)),
        each(f"{FINDINGS}laboratory", _line(of("line"), "..visit.", value)),
    )  # fmt: skip


MDM = Told(("MDM", "T02", "MDM_T02"), ("ACK", "T02", "ACK"), "moments.documented", _note)


class Note(Hl7):
    """MDM T02: a document of a visit with its content: discharge summary, emergency report or progress note."""

    name = "hl7.2.5.1.mdm_t02"
    happens = "told_documented"
    breaks = Breaks(account="patient.medical_record_number", without=("rejected",), lists=OF_RESULTS)
    told = MDM


class NoteAccepted(Answer):
    """ACK T02: the document is accepted."""

    name = "hl7.2.5.1.ack_t02"
    happens = "told_documented"
    told = MDM
