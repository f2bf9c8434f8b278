"""The rules of money that are judged in the text of a SWIFT message."""

from __future__ import annotations

import re
from decimal import Decimal

from datamimic.formats.documents import Rule
from datamimic_pack_finance.messages.judged import UETR, is_iban

_BALANCE = r"(?m)^:{tag}[FM]:([CD])\d{{6}}[A-Z]{{3}}([\d,]+)\r?$"
_ENTRY = re.compile(r"(?m)^:61:\d{6}(?:\d{4})?(R?[CD])[A-Z]?([\d,]+)[A-Z]")


def of_all() -> list[Rule]:
    return [
        Rule("iban", "the check digits of an IBAN are right", _ibans),
        Rule("uetr", "a UETR is a UUID of version 4 in small letters", _uetrs),
    ]


def of_statements() -> list[Rule]:
    return [Rule("closing_balance", "the opening balance and the entries make the closing balance", _balances)]


def _ibans(text: str) -> bool:
    return all(map(is_iban, re.findall(r"(?m)^:(?:25|50K|59):/?([A-Z]{2}\d\d[A-Z0-9]{11,30})\r?$", text)))


def _uetrs(text: str) -> bool:
    return all(UETR.fullmatch(each) for each in re.findall(r"\{121:([^}]*)\}", text))


def _number(mark: str, amount: str) -> Decimal:
    value = Decimal(amount.replace(",", "."))
    return value if mark in ("C", "RD") else -value


def _balances(text: str) -> bool:
    first = re.search(_BALANCE.format(tag="60"), text)
    last = re.search(_BALANCE.format(tag="62"), text)
    if first is None or last is None:
        # Reports of a day have no balances.
        return first is last
    return _number(*first.groups()) + sum(_number(mark, amount) for mark, amount in _ENTRY.findall(text)) == _number(
        *last.groups()
    )
