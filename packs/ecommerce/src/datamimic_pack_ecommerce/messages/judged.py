"""The rules of trade that are judged in the text of a message: check digits of GS1, and totals of lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from datamimic.formats.documents import Rule
from datamimic_pack_ecommerce.messages.broken import GLN, GTIN, SSCC, TOTAL


def digits(name: str, sentence: str, pattern: str) -> Rule:
    """The numbers that the pattern finds end in their check digit."""
    compiled = re.compile(pattern)
    return Rule(name, sentence, lambda text: all(map(_is_of_gs1, compiled.findall(text))))


def total(of_all: str, of_lines: str) -> Rule:
    """The amount that the first pattern finds, where it does, is the sum of those that the second one finds."""
    whole, lines = re.compile(of_all), re.compile(of_lines)

    def holds(text: str) -> bool:
        told = whole.search(text)
        return told is None or Decimal(told[1]) == sum(map(Decimal, lines.findall(text)))

    return Rule("total", TOTAL, holds)


def of_edifact() -> list[Rule]:
    return [
        digits("gln", GLN, r"NAD\+[A-Z]{2}\+(\d{13})::9"),
        digits("gtin", GTIN, r"LIN\+\d+\+\d*\+(\d{13}):EN"),
        digits("sscc", SSCC, r"GIN\+BJ\+(\d{18})"),
        total(r"MOA\+79:([\d.]+)", r"MOA\+203:([\d.]+)"),
        Rule("line_count", "the lines are counted in the summary", _lines),
    ]


def of_xml(lines: Callable[[], Rule]) -> list[Rule]:
    return [
        digits("gln", GLN, r'schemeID="0088">(\d{13})<'),
        digits("gtin", GTIN, r'schemeID="0160">(\d{13})<'),
        lines(),
    ]


def of_ubl() -> Rule:
    amount = r"<cbc:LineExtensionAmount [^>]*>(-?[\d.]+)<"
    return total(rf"MonetaryTotal>{amount}", rf"(?:Invoiced|Credited)Quantity>{amount}")


def of_cii() -> Rule:
    amount = r"<ram:LineTotalAmount>(-?[\d.]+)<"
    return total(rf"TradeSettlementHeaderMonetarySummation>{amount}", rf"TradeSettlementLineMonetarySummation>{amount}")


def _lines(text: str) -> bool:
    told = re.search(r"CNT\+2:(\d+)'", text)
    return told is None or int(told[1]) == len(re.findall(r"(?:^|['\n])LIN\+", text))


def _is_of_gs1(number: str) -> bool:
    weighed = (int(each) * (1, 3)[place % 2] for place, each in enumerate(reversed(number)))
    return sum(weighed) % 10 == 0
