"""What standards call the kinds of transactions: bank transaction codes of ISO 20022 and the types of SWIFT's field 61."""

from __future__ import annotations

from typing import Final

import numpy as np

from datamimic import Data, Text
from datamimic.columns import Ints, select
from datamimic_pack_finance.ledger.booking import KINDS, kind_of
from datamimic_pack_finance.ledger.entries import INCOME_LABELS
from datamimic_pack_finance.money import currency_of

# Domain, family and sub-family of the external code list of ISO 20022; SWIFT's type. `*` is what is cleared by the euro's
# schemes or by those of another country: ESCT and ESDD, or DMCT and PMDD.
_CODES: Final = {
    "card_pos": ("PMNT", "CCRD", "POSD", "MSC"),
    "card_online": ("PMNT", "CCRD", "POSD", "MSC"),
    "card_foreign": ("PMNT", "CCRD", "XBCP", "MSC"),
    "atm": ("PMNT", "CCRD", "CWDL", "MSC"),
    "transfer_out": ("PMNT", "ICDT", "*CT", "TRF"),
    "transfer_in": ("PMNT", "RCDT", "*CT", "TRF"),
    "bill": ("PMNT", "RDDT", "*DD", "DDT"),
    "refund": ("PMNT", "CCRD", "RIMB", "MSC"),
    "cash_deposit": ("PMNT", "CNTR", "CDPT", "MSC"),
    "savings_in": ("PMNT", "RCDT", "BOOK", "TRF"),
    "savings_out": ("PMNT", "ICDT", "BOOK", "TRF"),
    "income": ("PMNT", "RCDT", "SALA", "TRF"),
    "rent": ("PMNT", "ICDT", "STDO", "STO"),
    "savings_plan": ("PMNT", "ICDT", "STDO", "STO"),
    "fee": ("ACMT", "MDOP", "CHRG", "CHG"),
    "interest": ("ACMT", "MCOP", "INTR", "INT"),
    "card_abroad": ("PMNT", "CCRD", "XBCP", "MSC"),
    "atm_abroad": ("PMNT", "CCRD", "CWDL", "MSC"),
    "card_bill": ("PMNT", "ICDT", "BOOK", "TRF"),
    "loan_payment": ("PMNT", "ICDT", "BOOK", "TRF"),
    "due_collected": ("PMNT", "RDDT", "*DD", "DDT"),
    "due_sent": ("PMNT", "ICDT", "*CT", "TRF"),
    "due_received": ("PMNT", "RCDT", "*CT", "TRF"),
}
_EURO: Final = {"*CT": "ESCT", "*DD": "ESDD"}
_ELSEWHERE: Final = {"*CT": "DMCT", "*DD": "PMDD"}
_PURPOSES: Final = {"Salary": "SALA", "Pension": "PENS", "Benefit": "BENE", "Allowance": "ALLW", "Rent": "RENT"}
"""External purpose codes of ISO 20022 of those types of transactions that have one."""


def _of_kind(event: Ints, place: int, data: Data) -> Text:
    schemes = _EURO if in_euro(data) else _ELSEWHERE
    names = [schemes.get(_CODES[kind][place], _CODES[kind][place]) for kind in KINDS]
    values = list(dict.fromkeys(names))
    numbers = np.array([values.index(name) for name in names], dtype=np.int64)
    return Text.coded(numbers[kind_of(event)], values)


def domain(event: Ints, data: Data) -> Text:
    return _of_kind(event, 0, data)


def family(event: Ints, data: Data) -> Text:
    return _of_kind(event, 1, data)


def sub_family(event: Ints, data: Data) -> Text:
    return _of_kind(event, 2, data)


def swift_type(event: Ints, data: Data) -> Text:
    return _of_kind(event, 3, data)


def purpose(transaction_type: Text) -> Text:
    """Null where there is none for the type."""
    found = transaction_type.map(lambda name: _PURPOSES.get(name, ""))
    return found.where(found != "")


def transfer_code(transaction_type: Text, side: str, data: Data) -> Text:
    """The sub-family of a credit transfer on the statement of who pays (`debit`) or who is paid (`credit`)."""
    usual = (_EURO if in_euro(data) else _ELSEWHERE)["*CT"]
    incomes = frozenset(INCOME_LABELS.values())

    def code(name: str) -> str:
        if name in incomes:
            return "SALA"
        return "STDO" if name == "Rent" and side == "debit" else usual

    return transaction_type.map(code)


def in_euro(data: Data) -> bool:
    """Are payments those of the Single Euro Payments Area?"""
    return currency_of(data).code == "EUR"


def mark(direction: Text) -> Text:
    """CRDT or DBIT."""
    return select((direction == "credit").astype(np.int64), ["DBIT", "CRDT"])
