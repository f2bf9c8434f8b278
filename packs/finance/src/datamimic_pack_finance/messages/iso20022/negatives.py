"""The rules of money that can be broken in a message of ISO 20022, beside those of XML."""

from __future__ import annotations

from datamimic.formats.documents import Negative
from datamimic_pack_finance.messages.breaking import more, negative, next_digit

_OF_ALL = (
    ("wrong_iban", "the check digits of an IBAN are right", r"<IBAN>([A-Z]{2}\d\d)", next_digit),
    ("wrong_bic", "a BIC has a country", r"<BIC(?:FI)?>[A-Z0-9]{4}([A-Z]{2})", lambda country: "00"),
    ("wrong_currency", "a currency has three letters", r'Ccy="([A-Z]{3})"', str.lower),
    ("negative_amount", "an amount is not below zero", r'Ccy="[A-Z]{3}">(\d)', lambda digit: f"-{digit}"),
    (
        "too_many_decimals",
        "an amount has no more decimals than its currency",
        r'Ccy="[A-Z]{3}">([\d.]+)',
        lambda amount: f"{amount}01" if "." in amount else f"{amount}.01",
    ),
    ("wrong_uetr", "a UETR is a UUID of version 4 in small letters", r"UETR>([0-9a-f-]{36})", lambda uetr: f"Z{uetr[1:]}"),
    ("foreign_character", "texts are in the characters that every bank takes", r"<(?:Nm|Ustrd)>[^<]*([A-Za-z])", lambda _: "ß"),
)  # fmt: skip
_OF_GROUPS = (
    ("wrong_transaction_count", "as many transactions are told as there are", r"<NbOfTxs>(\d+)", more),
    (
        "wrong_control_sum",
        "the control sum is that of the amounts",
        r"<(?:CtrlSum|TtlIntrBkSttlmAmt)[^>]*>(\d+)",
        more,
    ),
)
_OF_STATEMENTS = (
    (
        "wrong_closing_balance",
        "the opening balance and the entries make the closing balance",
        r"<Cd>(?:CLBD|ITBD)</Cd></CdOrPrtry></Tp><Amt[^>]*>(\d+)",
        more,
    ),
    ("wrong_entry_sum", "sums are those of the entries", r"<(?:TtlCdtNtries|TtlDbtNtries)>.*?<Sum>(\d+)", more),
)


def of_all() -> list[Negative]:
    return [negative(*rule) for rule in _OF_ALL]


def of_groups() -> list[Negative]:
    """Of messages that tell how many transactions they have, and their sum."""
    return [negative(*rule) for rule in _OF_GROUPS]


def of_statements() -> list[Negative]:
    return [negative(*rule) for rule in _OF_STATEMENTS]
