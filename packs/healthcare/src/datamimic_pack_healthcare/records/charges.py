"""What hospitals ask insurers for the procedures of a record, and what of it is paid."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Struct, Text, composite
from datamimic.columns import Dates, take
from datamimic_pack_healthcare.clinical.payers import share_row
from datamimic_pack_healthcare.procedures.effort import price
from datamimic_pack_healthcare.records import history, performed

PROCEDURES = 256
BILLED_WITHIN, PAID_WITHIN = (1, 14), (5, 30)
"""Days from the end of the visit to the claim, and from there to the payment, at least and at most."""


def charges(patient: Any, done: Lists, all_procedures: Lists, now: Dates, draw: Draw, data: Data) -> Lists:
    """Of patients whose insurer gets claims, for procedures that were done: those that were decided by then."""
    shares, prices = data["cost_shares"], data["procedure_prices"]
    visits = history.visits_of(patient)
    at, owner = performed.among_all(visits, done), done.parents
    items, entries = _values(done), _values(all_procedures)
    picks = Draw(draw.address.labelled("charge"), composite(visits.rows[at], items.procedure, PROCEDURES))
    ended = np.ma.getdata(visits.column("end"))[at].astype("datetime64[D]")
    billed = ended + picks.integers(*BILLED_WITHIN, "billed").astype("timedelta64[D]")
    paid = billed + picks.integers(*PAID_WITHIN, "paid").astype("timedelta64[D]")
    amount = price(items.procedure, picks.uniform("amount"), data)
    share = share_row(patient.coverage_type, data)[owner]
    copayment = np.rint(amount * shares.floats("share")[share]).astype(np.int64)
    columns: dict[str, Any] = {
        "procedure": entries.procedure, "procedure_code": entries.procedure_code, "encounter_id": entries.encounter_id,
        "reason": take(visits.column("reason"), at), "reason_code": take(visits.column("reason_code"), at),
        "encounter_class": take(visits.column("encounter_class"), at),
        "doctor_id": visits.column("doctor").take(at).key(), "hospital_id": visits.column("hospital").take(at).key(),
        "served_on": entries.date, "billed_on": billed, "paid_on": paid,
        "amount": amount, "benefit": amount - copayment, "copayment": copayment,
        "currency": Text.constant(prices.columns["currency"][0], len(at)),
    }  # fmt: skip
    insured = ~patient.insurance_policy_number.is_null()[owner]
    claimed = insured & (shares["claims"].take(share) == "yes")
    made = Lists(done.lengths, Struct(columns))
    decided = paid.astype("datetime64[us]") <= now[owner]
    return made.only(claimed & decided)


def _values(lists: Lists) -> Any:
    return lists.values
