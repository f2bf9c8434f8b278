"""What a supplier needs to collect from an account: a number as a creditor, and a mandate."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np

from datamimic import Data, Struct, Text, record
from datamimic.columns import Ints, digits, join, where
from datamimic_pack_finance.payments import codes
from datamimic_pack_finance.payments.selection import is_collection


@record
class Mandate:
    """The mandate of a direct debit, one for each account and supplier; `scheme` is the list that `creditor_id` is of."""

    mandate_id: str
    signed_on: date
    creditor_id: str
    scheme: str


def mandate(event: Ints, account: Any, other: Struct, due: Struct, data: Data) -> Struct:
    """`Mandate`, null where nothing is collected. It was signed on the day on which the account was opened."""
    code, vocabulary = other.name.coding()
    collected = is_collection(event)
    numbers = np.zeros(len(vocabulary.values) + 1, dtype=np.int64)
    creditors = [""] * len(vocabulary.values)
    for place in np.unique(code[collected]).tolist():
        number = _number(vocabulary.values[place])
        numbers[place], creditors[place] = number % 10_000, creditor_identifier(data.country, number)
    own, told = join("M", account.number_base, "-", digits(numbers[code], 4)), due.mandate
    parts = {
        "mandate_id": where(told.is_null(), own, told),
        "signed_on": account.created_date.astype("datetime64[D]"),
        "creditor_id": Text.coded(code, creditors),
        "scheme": Text.constant("SEPA" if codes.in_euro(data) else "CUST", len(event)),
    }
    return Struct(parts).where(collected)


def mandate_id(mandate: Any, by_loan: Ints) -> Text:
    """That of the supplier, or of the loan that is paid back."""
    return where(by_loan >= 0, of_loan(np.maximum(by_loan, 0)), mandate.mandate_id)


def of_loan(loan: Ints) -> Text:
    """The mandate by which the payments of a loan (its row) are collected."""
    return join("L", digits(loan, 9))


def creditor_identifier(country: str, number: int) -> str:
    """The SEPA creditor identifier (EPC 262-08) that a creditor has by a `number` of its own; ten digits where there is none.

    The business code is `ZZZ`; the national part is as long as the country's central bank issues it, and invented; the check
    digits are those of ISO 7064 mod 97-10 over country and national part.
    """
    width = _NATIONAL_PARTS.get(country)
    if width is None:
        return f"{number % 10**10:010}"
    national = f"{number % 10**width:0{width}}"
    letters = "".join(str(int(letter, 36)) for letter in f"{national}{country}00")
    return f"{country}{98 - int(letters) % 97:02}ZZZ{national}"


_NATIONAL_PARTS = {"DE": 11, "FR": 6}
"""Digits of the national part of SEPA creditor identifiers."""


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
