"""What is judged in the text of a claim or its payment, beside the syntax: sums of lines, and numbers of providers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from datamimic.formats.documents import Rule

_CARRIERS = "80840"
"""Stands before the number of a provider when its check digit is computed."""


def of_claims() -> list[Rule]:
    return [
        Rule("line_sum", "what is charged and paid of a claim is that of its lines", _sums),
        Rule("npi", "the number of a provider ends in its check digit", _npis),
    ]


def _sums(text: str) -> bool:
    return all(told == found for told, found in _totals(text))


def _totals(text: str) -> Iterator[tuple[Decimal, Decimal]]:
    for claim in re.split(r"(?<=~)\s*(?=CL[MP]\*)", text)[1:]:
        elements = claim.partition("~")[0].split("*")
        lines = [line.split("*") for line in re.findall(r"~\s*((?:SV1|SVC)\*[^~]*)", claim)]
        for place, own in ((2, 2),) if elements[0] == "CLM" else ((3, 2), (4, 3)):
            yield Decimal(elements[place]), sum((Decimal(line[own]) for line in lines), Decimal(0))


def _npis(text: str) -> bool:
    return all(_is_npi(each) for each in set(re.findall(r"\*XX\*(\d+)[*~]", text)))


def _is_npi(number: str) -> bool:
    """Does Luhn's formula hold (45 CFR 162.406)?"""
    digits = [int(each) for each in reversed(_CARRIERS + number)]
    return (
        len(number) == 10
        and sum(sum(divmod(each * (1 + place % 2), 10)) for place, each in enumerate(digits)) % 10 == 0
    )
