"""The rules of money that can be broken in a SWIFT message, beside those of its syntax."""

from __future__ import annotations

from datamimic.formats.documents import Negative
from datamimic_pack_finance.messages.breaking import more, negative, next_digit

_OF_ALL = (
    ("wrong_iban", "the check digits of an IBAN are right", r":(?:25|50K|59):/?([A-Z]{2}\d\d)", next_digit),
    (
        "too_many_decimals",
        "an amount has no more decimals than its currency",
        r":(?:32A|33B|6[02][FM]|64|90[CD]):[^\r\n]*[A-Z]{3}(\d+,\d*)\r",
        lambda amount: f"{amount}123",
    ),
    ("wrong_receiver", "a BIC has a country", r"\{2:I\d{3}[A-Z0-9]{4}([A-Z]{2})", lambda country: "00"),
)
_OF_PAYMENTS = (
    ("wrong_uetr", "a UETR is a UUID of version 4 in small letters", r"\{121:([0-9a-f-]{36})", lambda uetr: f"Z{uetr[1:]}"),
    ("slash_in_reference", "a reference begins and ends with no slash", r":20:([^\r\n]*)", lambda text: f"/{text[1:]}"),
)  # fmt: skip
_OF_STATEMENTS = (
    (
        "wrong_closing_balance",
        "the opening balance and the entries make the closing balance",
        r":62[FM]:[CD]\d{6}[A-Z]{3}(\d+)",
        more,
    ),
    ("wrong_entry_mark", "an entry is a credit or a debit", r":61:\d{10}([CD])", lambda mark: "X"),
)


def of_all() -> list[Negative]:
    return [negative(*rule) for rule in _OF_ALL]


def of_payments() -> list[Negative]:
    return [negative(*rule) for rule in _OF_PAYMENTS]


def of_statements() -> list[Negative]:
    return [negative(*rule) for rule in _OF_STATEMENTS]
