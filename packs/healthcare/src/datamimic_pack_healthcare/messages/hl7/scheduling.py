"""SIU: visits are booked, called off, missed."""

from __future__ import annotations

from functools import partial

from datamimic.formats.documents import HL7, Piece, of
from datamimic_pack_healthcare.messages.hl7.adt import KNOWN, MOMENTS, VISIT
from datamimic_pack_healthcare.messages.hl7.message import Answer, Hl7, Told
from datamimic_pack_healthcare.messages.hl7.parts import AUTHORITY, doctor, place, utc
from datamimic_pack_healthcare.messages.hl7.segments import diagnoses, patient, stay

BOOKED, CANCELLED, MISSED = "Booked", "Cancelled", "Noshow"
"""HL7 table 0278."""


def _appointment(name: str, reason: str, status: str, who: str) -> Piece:
    starts, minutes = of(f"{VISIT}starts", utc), of(f"{VISIT}minutes")
    why = HL7.components("ROUTINE", None, "HL70276")
    service = HL7.components(of(f"{VISIT}unit"), of(f"{VISIT}specialty"), "L")
    number = HL7.components(of(f"{VISIT}number"), AUTHORITY)
    parts: dict[int, Piece | str | None] = {
        1: number, 2: number, 6: HL7.components(name, reason), 7: why,
        8: HL7.components("Normal", None, "HL70277"), 9: minutes, 10: HL7.components("min", None, "UCUM"),
        11: HL7.components(None, None, None, starts), 16: doctor(VISIT), 20: doctor(VISIT),
        25: HL7.components(status, None, "HL70278"),
    }  # fmt: skip
    length = minutes, HL7.components("min", None, "UCUM")
    return HL7.group(
        HL7.segment("SCH", *(parts.get(field) for field in range(1, 26))),
        patient(who, VISIT), stay(VISIT, MOMENTS, came=False),
        diagnoses(VISIT, KNOWN, "A"),
        HL7.segment("RGS", "1", "A"),
        HL7.segment("AIS", "1", "A", service, starts, None, None, *length),
        HL7.segment("AIL", "1", "A", place(VISIT), None, None, starts, None, None, *length),
        HL7.segment("AIP", "1", "A", doctor(VISIT), None, None, starts, None, None, *length),
    )  # fmt: skip


def _told(event: str, moment: str, reason: str, status: str) -> Told:
    body = partial(_appointment, event, reason, status)
    return Told(("SIU", event, "SIU_S12"), ("ACK", event, "ACK"), moment, body, "SCHEDULING", "HIS")


APPOINTED = _told("S12", "moments.booked", "Appointment is booked", BOOKED)
CALLED_OFF = _told("S15", "moments.called_off", "Appointment is cancelled", CANCELLED)
NOT_COME = _told("S26", "moments.missed", "Patient did not come", MISSED)


class Appointment(Hl7):
    """SIU S12: an appointment is booked."""

    name = "hl7.2.5.1.siu_s12"
    happens = "planned"
    told = APPOINTED


class AppointmentAccepted(Answer):
    """ACK S12: the appointment is accepted."""

    name = "hl7.2.5.1.ack_s12"
    happens = "planned"
    told = APPOINTED


class AppointmentCancelled(Hl7):
    """SIU S15: an appointment is called off."""

    name = "hl7.2.5.1.siu_s15"
    only_of, happens = "may_be_called_off", "told_called_off"
    told = CALLED_OFF


class AppointmentCancelledAccepted(Answer):
    """ACK S15: that an appointment is called off is accepted."""

    name = "hl7.2.5.1.ack_s15"
    only_of, happens = "may_be_called_off", "told_called_off"
    told = CALLED_OFF


class AppointmentMissed(Hl7):
    """SIU S26: a patient did not come to an appointment."""

    name = "hl7.2.5.1.siu_s26"
    only_of, happens = "may_be_missed", "told_missed"
    told = NOT_COME


class AppointmentMissedAccepted(Answer):
    """ACK S26: that a patient did not come is accepted."""

    name = "hl7.2.5.1.ack_s26"
    only_of, happens = "may_be_missed", "told_missed"
    told = NOT_COME
