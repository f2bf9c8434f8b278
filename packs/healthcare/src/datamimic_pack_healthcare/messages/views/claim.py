"""What a doctor asks the patient's payer for a visit, and what of it is paid: professional claims of the United States."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Struct, Table, Text, positions, record, segment_sums
from datamimic.columns import Bools, Dates, Ints, digits, select, where
from datamimic_pack_healthcare.clinical.payers import share_row
from datamimic_pack_healthcare.messages.views.visit import DIGITS
from datamimic_pack_healthcare.visits.window import INPATIENT

BILLED_WITHIN, PAID_WITHIN = (1, 14), (7, 30)
"""Days from the end of the visit to the claim, and from there to the payment, at least and at most."""
CONTROLS = 1_000_000_000
NO_CONTRACT, NO_AUTHORIZATION = "45", "197"
"""Why a part is not paid: above the fee schedule; without prior authorization (X12 claim adjustment reasons)."""
DEDUCTIBLE, COINSURANCE = "1", "2"


@record
class ClaimLine:
    """A service: what is asked for `units` of it, what the payer writes off and leaves to the patient, and pays."""

    place: int
    code: str
    units: int
    charge: Decimal
    off: Decimal | None
    off_reason: str
    patient: Decimal | None
    patient_reason: str
    paid: Decimal


@record
class Claim:
    """A claim: charge = paid + written off + the patient's part, in every line and in the whole."""

    number: str
    control: str
    filing: str
    facility: str
    diagnosis: str
    status: str
    charge: Decimal
    paid: Decimal
    patient: Decimal
    method: str
    handling: str
    admitted: date | None
    served_from: date
    served_to: date
    asked_on: date | None
    billed_on: date | None
    paid_on: date | None
    plan: str
    share: Decimal
    lines: list[ClaimLine]


def claim(
    rows: Ints, encounter_id: Text, class_code: Ints, over: Bools, reason_code: Text, patient: Any, booked_at: Dates,
    start: Dates, end: Any, now: Dates, draw: Draw, data: Data,
) -> Struct:  # fmt: skip
    """Of visits that are over, by patients who are insured; dates that are to come are null."""
    agreements: Table = data["fee_agreements"]
    row = agreements.lookup("coverage_type", patient.coverage_type)
    row = np.where(row >= 0, row, agreements.position("coverage_type", "*"))
    first, last = start.astype("datetime64[D]"), np.where(over, np.ma.getdata(end), start).astype("datetime64[D]")
    denied = draw.uniform("denied") < agreements.floats("denied")[row]
    lines = _lines(denied, class_code, (last - first).astype(np.int64), row, patient, draw, data)
    parts: Any = lines.values
    total = {name: segment_sums(getattr(parts, name), lines.lengths) for name in ("charge", "paid")}
    patients = segment_sums(np.ma.filled(parts.patient, 0), lines.lengths)
    insured = ~patient.insurance_policy_number.is_null()
    billed = last + draw.integers(*BILLED_WITHIN, "billed").astype("timedelta64[D]")
    paid = billed + draw.integers(*PAID_WITHIN, "paid").astype("timedelta64[D]")
    today = now.astype("datetime64[D]")
    nothing = total["paid"] == 0
    shares = data["cost_shares"].floats("share")[share_row(patient.coverage_type, data)]
    columns: dict[str, Any] = {
        "number": encounter_id.map(lambda text: text[-DIGITS:]), "control": digits(rows % CONTROLS, 9),
        "filing": agreements["filing"].take(row), "facility": data["professional_fees"]["place"].take(class_code),
        "diagnosis": reason_code.map(lambda text: text.replace(".", "")),
        "status": select(denied.astype(np.int64), ("1", "4")), "charge": total["charge"], "paid": total["paid"],
        "patient": patients,
        "method": where(nothing, "NON", "CHK"), "handling": where(nothing, "H", "I"),
        "admitted": np.ma.MaskedArray(first, class_code != INPATIENT), "served_from": first, "served_to": last,
        "asked_on": np.ma.MaskedArray(booked_at.astype("datetime64[D]"), ~insured | (booked_at > now)),
        "billed_on": np.ma.MaskedArray(billed, ~(over & insured & (billed <= today))),
        "paid_on": np.ma.MaskedArray(paid, ~(over & insured & (paid <= today))),
        "plan": patient.coverage_type, "share": np.rint(shares * 100).astype(np.int64), "lines": lines,
    }  # fmt: skip
    return Struct(columns)


def _lines(denied: Bools, class_code: Ints, nights: Ints, row: Ints, patient: Any, draw: Draw, data: Data) -> Lists:
    """A line for a visit; for a stay one for its days, and one for the day of discharge."""
    fees, agreements = data["professional_fees"], data["fee_agreements"]
    lengths = np.where(class_code == INPATIENT, 2, 1)
    own, place = np.repeat(np.arange(len(lengths)), lengths), positions(lengths)
    fee = np.where(place == 1, len(fees) - 1, class_code[own])
    low, high = fees.floats("low")[fee], fees.floats("high")[fee]
    dollars = np.rint(low + (high - low) * draw.uniform("charge")[own]).astype(np.int64)
    units = np.where((class_code[own] == INPATIENT) & (place == 0), np.maximum(nights[own], 1), 1)
    charge = dollars * 100 * units
    refused = denied[own]
    allowed = np.where(refused, 0, np.rint(charge * agreements.floats("allowed")[row][own]).astype(np.int64))
    deductible = (draw.uniform("deductible") < agreements.floats("deductible")[row])[own]
    share = data["cost_shares"].floats("share")[share_row(patient.coverage_type, data)][own]
    patients = np.where(deductible, allowed, np.rint(allowed * share).astype(np.int64))
    off = charge - allowed
    columns: dict[str, Any] = {
        "place": place + 1, "code": fees["code"].take(fee), "units": units, "charge": charge,
        "off": np.ma.MaskedArray(off, off == 0), "off_reason": where(refused, NO_AUTHORIZATION, NO_CONTRACT),
        "patient": np.ma.MaskedArray(patients, patients == 0), "patient_reason": where(deductible, DEDUCTIBLE, COINSURANCE),
        "paid": allowed - patients,
    }  # fmt: skip
    return Lists(lengths, Struct(columns))
