"""The two ends of a payment: who pays and who is paid, each with account, bank and address."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Struct, Text, record
from datamimic.columns import Bools, Ints, join_present, select, where
from datamimic_pack_finance.payments.parties import is_payment


@record
class End:
    """Debtor or creditor; `other_number` is the account number where there is no IBAN, `number` either. Lines are those of an
    address. Streets are known of the account's holder alone."""

    name: str
    street: str | None
    house_number: str | None
    postal_code: str
    town: str
    country: str
    iban: str | None
    other_number: str | None
    number: str
    bic: str
    routing_number: str
    address_line: str | None
    town_line: str


def debtor(event: Ints, direction: Text, other: Struct, account: Any) -> Struct:
    """Who pays: the holder for what goes out, the other party for what comes in; null where nothing is sent."""
    return _end(direction == "debit", is_payment(event), other, account)


def creditor(event: Ints, direction: Text, other: Struct, account: Any) -> Struct:
    """Who is paid, or null."""
    return _end(direction == "credit", is_payment(event), other, account)


def _end(mine: Bools, present: Bools, other: Struct, account: Any) -> Struct:
    owner = account.owner
    nobody = Text.constant(None, len(mine))

    def either(name: str) -> Text:
        return where(mine, getattr(owner, name), getattr(other, name))

    street, house_number = where(mine, owner.street, nobody), where(mine, owner.house_number, nobody)
    postal_code, town, iban = either("postal_code"), either("town"), either("iban")
    account_number = where(mine, account.account_number, other.account_number)
    parts = {
        "name": either("name"),
        "street": street,
        "house_number": house_number,
        "postal_code": postal_code,
        "town": town,
        "country": owner.country,
        "iban": iban,
        "other_number": account_number.where(iban.is_null()),
        "number": select(iban.is_null().astype(np.int64), [iban, account_number]),
        "bic": either("bic"),
        "routing_number": either("routing_number"),
        "address_line": join_present(street, house_number).where(mine),
        "town_line": join_present(postal_code, town),
    }
    return Struct(parts).where(present)
