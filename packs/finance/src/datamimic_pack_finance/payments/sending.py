"""How a payment is sent: references, moments, clearing and amounts as messages between customers and banks write them."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from datamimic import Data, Draw, Struct, Text, record
from datamimic.columns import Dates, Ints, join, select
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import codes
from datamimic_pack_finance.payments.parties import is_payment
from datamimic_pack_finance.payments.references import uuids
from datamimic_pack_finance.payments.statements import amount_text


@record
class Sent:
    """Ids are those of the messages about a payment; `member`s the numbers of banks in the list `member_system`."""

    interbank_id: str
    answer_id: str
    notice_id: str
    recall_id: str
    collection_id: str
    cover_id: str
    cover_uetr: str
    amount: str
    collected_at: datetime
    sent_at: datetime
    answered_at: datetime
    recalled_at: datetime
    service: str | None
    instrument: str | None
    clearing: str | None
    clearing_name: str | None
    member_system: str | None
    debtor_member: str | None
    creditor_member: str | None
    bearer: str
    purpose: str | None
    status: str
    entry_status: str
    debit_code: str
    credit_code: str


CLEARING = {"EUR": "ST2", "GBP": "FPS", "USD": "ACH"}
"""Clearing systems of ISO 20022's external list: EBA's STEP2, Faster Payments, ACH."""
MEMBERS = {"GBP": "GBDSC", "USD": "USABA"}
"""Lists of banks' national numbers that payments in a currency carry: sort codes, ABA numbers."""
STATUS = ("ACSC", "ACSP")
"""Of a payment: settlement is completed, or in process (ISO 20022)."""


def bearer(data: Data) -> str:
    """Who bears charges: each bank those of its own customer, by the rules of SEPA (SLEV), or shared."""
    return "SLEV" if codes.in_euro(data) else "SHAR"


def sent(
    event: Ints, transaction_type: Text, purpose_code: Text, booking_reference: Text, amount: Ints, transaction_date: Dates,
    settlement_date: Dates, debtor: Struct, creditor: Struct, now: Dates, draw: Draw, data: Data,
) -> Struct:  # fmt: skip
    rows, country, currency = len(event), data.country, currency_of(data).code
    members, clearing, euro = MEMBERS.get(currency), CLEARING.get(currency), codes.in_euro(data)
    settled = settlement_date.astype("datetime64[us]")
    sent_at = np.maximum(transaction_date, settled + np.timedelta64(6, "h"))
    waiting = (settlement_date > now.astype("datetime64[D]")).astype(np.int64)

    def constant(value: str | None) -> Text:
        return Text.constant(value, rows)

    def named(prefix: str) -> Text:
        return join(f"{prefix}{country}", booking_reference)

    parts = {
        "interbank_id": named("BNK"),
        "answer_id": named("ANS"),
        "notice_id": named("NTF"),
        "recall_id": named("RCL"),
        "collection_id": named("COL"),
        "cover_id": named("C"),
        "cover_uetr": uuids(draw),
        "amount": amount_text(amount, data),
        "collected_at": settled - np.timedelta64(30, "h"),
        "sent_at": sent_at,
        "answered_at": sent_at + np.timedelta64(10, "s"),
        "recalled_at": sent_at + np.timedelta64(24, "h"),
        "service": constant("SEPA" if euro else None),
        "instrument": constant("CORE" if euro else None),
        "clearing": constant(clearing),
        "clearing_name": constant(None if clearing else "IBPS"),
        "member_system": constant(members),
        "debtor_member": debtor.routing_number if members else constant(None),
        "creditor_member": creditor.routing_number if members else constant(None),
        "bearer": constant(bearer(data)),
        "purpose": purpose_code,
        "status": select(waiting, STATUS),
        "entry_status": select(waiting, ["BOOK", "PDNG"]),
        "debit_code": codes.transfer_code(transaction_type, "debit", data),
        "credit_code": codes.transfer_code(transaction_type, "credit", data),
    }
    return Struct(parts).where(is_payment(event))
