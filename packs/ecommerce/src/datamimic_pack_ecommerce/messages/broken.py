"""What can be broken in messages of trade: amounts, days, parties and articles of rows, and rules beside those of the syntax,
of check digits, totals and counts."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic import Breaks
from datamimic.formats.documents import Negative, instead


def another_digit(name: str, sentence: str, pattern: str) -> Negative:
    """The rule is broken when the digit that is the group of the pattern is the next one, at one of the places."""
    return Negative(name, sentence, instead(pattern, lambda digit: str((int(digit) + 1) % 10)))


def no_day(negatives: Sequence[Negative], pattern: str) -> list[Negative]:
    """The rules with another one for days: the group of the pattern, month and day, is one that no calendar has."""
    change = instead(pattern, lambda day: "0230")
    return [Negative(each.name, each.sentence, change) if each.name == "bad_date" else each for each in negatives]


GLN = "a location number (GLN) ends in its check digit"
GTIN = "an article number (GTIN) ends in its check digit"
SSCC = "the number of a parcel (SSCC) ends in its check digit"
TOTAL = "the total of the lines is their sum"
"""What the rules say."""


def of_order(date: str, amount: str, of_line: str) -> Breaks:
    """What breaks mean: another date, amount, buyer; in lines another amount and article."""
    lines = {"articles": Breaks(amount=of_line, account="gtin", without=("late",))}
    return Breaks(date=date, amount=amount, account="buyer.gln", without=("rejected",), lists=lines)


def of_return(date: str, amount: str) -> Breaks:
    """The same of what came back."""
    lines = {"returned_articles": Breaks(amount="refund_net", account="gtin", without=("late",))}
    return Breaks(date=date, amount=amount, account="buyer.gln", without=("rejected",), lists=lines)
