"""The segments that messages share. `who` and `visit` are the paths of the patient and of the visit, each with what stands
between path and name."""

from __future__ import annotations

from typing import Final

from datamimic.formats.documents import HL7, Piece, compact, each, named, of, only_with, together
from datamimic_pack_healthcare.messages.hl7.parts import (
    ALLERGY_TYPE,
    AUTHORITY,
    MARITAL_STATUS,
    PATIENT_CLASS,
    RELATIONSHIP,
    SEX,
    code,
    doctor,
    number,
    place,
    state,
    utc,
)

VERSION: Final = "2.5.1"
CHARACTERS: Final = "UNICODE UTF-8"
ENCODING: Final = together("^~\\&")
"""The separators, which are not escaped."""
SOURCE: Final = named({True: "7", False: "1"})
"""HL7 table 0023: come through the emergency room, or referred by a physician."""


def header(kind: tuple[str, str, str], moment: str, control: Piece, facility: str, sender: str, receiver: str) -> Piece:
    """MSH: type, event and structure of the message, when it is sent, its control id, and which systems of a hospital talk."""
    here = of(facility)
    return HL7.segment(
        "MSH", ENCODING, sender, here, receiver, here, of(moment, utc), None, HL7.components(*kind), control, "T", VERSION,
        None, None, None, None, None, CHARACTERS,
    )  # fmt: skip


def event(name: str, moment: str) -> Piece:
    return HL7.segment("EVN", name, of(moment, utc), None, None, None, of(moment, utc))


def patient(who: str, visit: str, *, died: str | None = None) -> Piece:
    """PID; `died` is the path of a moment that is also that of the death."""
    name = HL7.components(
        of(f"{who}family_name"), of(f"{who}given_name"), of(f"{who}middle_name"), None, None, None, "L"
    )
    numbers = together(
        number(f"{who}medical_record_number", "MR"),
        "~",
        number(f"{who}patient_id", "PI"),
        together("~", number(f"{who}ssn", "SS", "")),
    )
    home = HL7.components(
        of(f"{who}address.line"), of(f"{who}address.unit"), of(f"{who}address.city"), of(f"{who}address.state_code", state),
        of(f"{who}address.postal_code"), of(f"{visit}country"), "H",
    )  # fmt: skip
    phone = HL7.components(of(f"{who}phone"), "PRN", "PH")
    account = HL7.components(of(f"{visit}number"), None, None, AUTHORITY, "AN")
    death = [None] * 10 + [of(died, utc), only_with(died, together("Y"))] if died is not None else []
    return HL7.segment(
        "PID", "1", None, numbers, None, name, None, of(f"{who}birthdate", compact), of(f"{who}gender", SEX), None, None, home,
        None, phone, None, None, of(f"{who}marital_status", MARITAL_STATUS), None, account, *death,
    )  # fmt: skip


def contact(who: str) -> Piece:
    """NK1."""
    name = HL7.components(of(f"{who}contact_name.family"), of(f"{who}contact_name.given"))
    relationship = HL7.components(of(f"{who}emergency_contact.relationship", RELATIONSHIP))
    phone = HL7.components(of(f"{who}emergency_contact.phone"), "EMR", "PH")
    return HL7.segment("NK1", "1", name, relationship, None, phone, None, "C")


def stay(
    visit: str, moments: str, *, first: bool = False, moved: bool = False, left: bool = False, came: bool = True
) -> Piece:
    """PV1: where the patient lies, at `first` or in the end; where from, who is `moved`; how and when who `left` did; and when
    she `came`, who is not only expected."""
    arrived = of(f"{visit}starts", utc) if came else None
    before = place(visit, first=True) if moved else None
    source = of(f"{visit}urgent", SOURCE)
    end = of(f"{visit}disposition") if left else None
    parts: dict[int, Piece | str | None] = {
        1: "1", 2: of(f"{visit}encounter_class", PATIENT_CLASS), 3: place(visit, first), 4: of(f"{visit}admission_type"),
        6: before, 7: doctor(visit), 14: source, 19: number(f"{visit}number", "VN"), 36: end, 44: arrived,
        45: of(f"{moments}left", utc) if left else None,
    }  # fmt: skip
    return HL7.segment("PV1", *(parts.get(field) for field in range(1, 46)))


def allergies(known: str) -> Piece:
    """AL1 for each that was known."""
    allergy = HL7.components(None, of("allergy"))
    kind = HL7.components(of("kind", ALLERGY_TYPE))
    return each(
        f"{known}allergies",
        HL7.segment("AL1", of("place"), kind, allergy, None, None, of("recorded", compact)),
    )


def diagnoses(visit: str, known: str, stage: str) -> Piece:
    """DG1 for the reason and, in the end, for the other problems: `stage` is A admitting, W working or F final."""
    system = of(f"{visit}code_system")
    reason = code(f"{visit}reason_code", f"{visit}reason", system)
    first = HL7.segment("DG1", "1", None, reason, None, of(f"{visit}starts", utc), stage)
    if stage == "A":
        return first
    other = HL7.components(of("code"), of("condition"), of(f"..{visit}code_system"))
    more = HL7.segment("DG1", of("place"), None, other, None, of("onset", compact), stage)
    return HL7.group(first, each(f"{known}problems", more))


def insurance(who: str) -> Piece:
    """IN1 of those who have one."""
    # What a plan is called is its text: an identifier has twenty characters at most.
    plan, company = HL7.components(None, of(f"{who}coverage_type")), HL7.components(of(f"{who}insurance_provider"))
    name = HL7.components(of(f"{who}family_name"), of(f"{who}given_name"))
    member = of(f"{who}insurance_policy_number")
    parts: dict[int, Piece | str | None] = {
        1: "1", 2: plan, 3: HL7.components(of(f"{who}payer_id"), None, None, AUTHORITY), 4: company, 16: name, 17: "SEL",
        18: of(f"{who}birthdate", compact), 36: member,
    }  # fmt: skip
    return only_with(f"{who}insurance_policy_number", HL7.segment("IN1", *(parts.get(field) for field in range(1, 37))))
