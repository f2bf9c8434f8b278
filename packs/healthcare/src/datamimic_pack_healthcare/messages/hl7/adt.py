"""ADT: patients come, are moved, leave; what is known of them changes."""

from __future__ import annotations

from functools import partial

from datamimic.formats.documents import HL7, Piece
from datamimic_pack_healthcare.messages.hl7.message import Answer, Hl7, Told
from datamimic_pack_healthcare.messages.hl7.segments import (
    allergies,
    contact,
    diagnoses,
    event,
    insurance,
    patient,
    stay,
)

VISIT, MOMENTS, FINDINGS, KNOWN = "visit.", "moments.", "findings.", "known."


def _arrival(name: str, moment: str, who: str) -> Piece:
    return HL7.group(
        event(name, moment), patient(who, VISIT), contact(who), stay(VISIT, MOMENTS, first=True), allergies(KNOWN),
        diagnoses(VISIT, KNOWN, "A"), insurance(who),
    )  # fmt: skip


def _transfer(who: str) -> Piece:
    return HL7.group(event("A02", "moments.moved"), patient(who, VISIT), stay(VISIT, MOMENTS, moved=True))


def _discharge(who: str) -> Piece:
    moment = "moments.left"
    return HL7.group(
        event("A03", moment), patient(who, VISIT, died="moments.died"), stay(VISIT, MOMENTS, left=True),
        diagnoses(VISIT, KNOWN, "F"),
    )  # fmt: skip


def _update(who: str) -> Piece:
    return HL7.group(
        event("A08", "moments.updated"), patient(who, VISIT), contact(who), stay(VISIT, MOMENTS), allergies(KNOWN),
        diagnoses(VISIT, KNOWN, "W"), insurance(who),
    )  # fmt: skip


def _withdrawal(who: str) -> Piece:
    return HL7.group(event("A11", "moments.withdrawn"), patient(who, VISIT), stay(VISIT, MOMENTS, first=True))


ADMITTED = Told(
    ("ADT", "A01", "ADT_A01"), ("ACK", "A01", "ACK"), "moments.admitted", partial(_arrival, "A01", "moments.admitted")
)
MOVED = Told(("ADT", "A02", "ADT_A02"), ("ACK", "A02", "ACK"), "moments.moved", _transfer)
LEFT = Told(("ADT", "A03", "ADT_A03"), ("ACK", "A03", "ACK"), "moments.left", _discharge)
REGISTERED = Told(
    ("ADT", "A04", "ADT_A01"),
    ("ACK", "A04", "ACK"),
    "moments.registered",
    partial(_arrival, "A04", "moments.registered"),
)
UPDATED = Told(("ADT", "A08", "ADT_A01"), ("ACK", "A08", "ACK"), "moments.updated", _update)
WITHDRAWN = Told(("ADT", "A11", "ADT_A09"), ("ACK", "A11", "ACK"), "moments.withdrawn", _withdrawal)


class AdmitPatient(Hl7):
    """ADT A01: a patient is admitted to a stay."""

    name = "hl7.2.5.1.adt_a01"
    happens = "told_admitted"
    told = ADMITTED


class TransferPatient(Hl7):
    """ADT A02: a patient who came through the emergency department is moved to the ward."""

    name = "hl7.2.5.1.adt_a02"
    happens = "told_moved"
    told = MOVED


class DischargePatient(Hl7):
    """ADT A03: a patient is discharged, or a visit ends."""

    name = "hl7.2.5.1.adt_a03"
    happens = "told_left"
    told = LEFT


class RegisterPatient(Hl7):
    """ADT A04: an outpatient or an emergency is registered."""

    name = "hl7.2.5.1.adt_a04"
    happens = "told_registered"
    told = REGISTERED


class UpdatePatient(Hl7):
    """ADT A08: what is known of a patient changes, with the working diagnoses of the visit."""

    name = "hl7.2.5.1.adt_a08"
    happens = "told_updated"
    told = UPDATED


class CancelAdmission(Hl7):
    """ADT A11: an admission is cancelled, as the patient did not come."""

    name = "hl7.2.5.1.adt_a11"
    only_of, happens = "may_be_withdrawn", "told_withdrawn"
    told = WITHDRAWN


class AdmissionAccepted(Answer):
    """ACK A01: the admission is accepted."""

    name = "hl7.2.5.1.ack_a01"
    happens = "told_admitted"
    told = ADMITTED


class TransferAccepted(Answer):
    """ACK A02: the transfer is accepted."""

    name = "hl7.2.5.1.ack_a02"
    happens = "told_moved"
    told = MOVED


class DischargeAccepted(Answer):
    """ACK A03: the discharge is accepted."""

    name = "hl7.2.5.1.ack_a03"
    happens = "told_left"
    told = LEFT


class RegistrationAccepted(Answer):
    """ACK A04: the registration is accepted."""

    name = "hl7.2.5.1.ack_a04"
    happens = "told_registered"
    told = REGISTERED


class UpdateAccepted(Answer):
    """ACK A08: the update is accepted."""

    name = "hl7.2.5.1.ack_a08"
    happens = "told_updated"
    told = UPDATED


class CancellationAccepted(Answer):
    """ACK A11: the cancellation of the admission is accepted."""

    name = "hl7.2.5.1.ack_a11"
    only_of, happens = "may_be_withdrawn", "told_withdrawn"
    told = WITHDRAWN
