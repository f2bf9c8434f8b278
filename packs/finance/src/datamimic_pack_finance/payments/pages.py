"""The pages of a statement: as many entries as one SWIFT message holds, with the balances before and after."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import numpy as np

from datamimic import Data, Lists, Struct, Text, World, positions, record, segment_sums
from datamimic.columns import Bools, Ints, join, select
from datamimic_pack_finance.payments.period import Period
from datamimic_pack_finance.payments.statements import Entry, amount_text, is_booked, sign

ENTRIES: Final = 7
"""Entries in a message: it has at most 2,000 characters, an entry with its narrative less than 240, the rest less than 300."""


@record
class Page:
    """A page of a statement; `available` is only on the last."""

    reference: str
    number: str
    statement: int
    page: int
    bic: str
    currency: str
    opening_day: date
    closing_day: date
    opening_tag: str
    opening: str
    opening_mark: str
    closing_tag: str
    closing: str
    closing_mark: str
    available: str | None
    available_mark: str | None
    available_day: date | None
    available_currency: str | None
    entries: list[Entry]


@record
class ReportPage:
    """A page of a report during a day; numbers and sums are those of its own entries."""

    reference: str
    number: str
    statement: int
    page: int
    bic: str
    currency: str
    created: datetime
    debit_count: int
    debit_sum: str
    credit_count: int
    credit_sum: str
    entries: list[Entry]


def pages(
    booked_entries: Lists, statement: Struct, statement_end: Ints, statement_opening: Ints, owner: Struct, currency: Text,
    covered: Any, world: World, data: Data,
) -> Lists:  # fmt: skip
    there = Period.of(covered, world)
    signed = there.column("signed")[is_booked(there, statement_end)]
    counts, lengths, account = _cut(booked_entries.lengths)
    place = positions(counts)
    moved = segment_sums(signed, lengths)
    before = np.cumsum(moved) - moved
    first = np.cumsum(counts) - counts
    opening = statement_opening[account] + before - np.repeat(before[first], counts)
    closing = opening + moved
    end = statement.last_day[account]
    last = place == counts[account] - 1
    return Lists(
        counts,
        Struct(
            _heads(statement, owner, currency, account, place)
            | {
                # A balance that is carried has the same day on both pages.
                "opening_day": np.where(place == 0, statement.first_day[account], end),
                "closing_day": end,
                "opening_tag": _tag(place == 0, "60"),
                "opening": amount_text(opening, data),
                "opening_mark": sign(opening),
                "closing_tag": _tag(last, "62"),
                "closing": amount_text(closing, data),
                "closing_mark": sign(closing),
                "available": statement.available.take(account).where(last),
                "available_mark": statement.available_mark.take(account).where(last),
                "available_day": np.ma.MaskedArray(end, ~last),
                "available_currency": currency.take(account).where(last),
                "entries": Lists(lengths, booked_entries.values),
            }
        ),
    )


def report_pages(
    entries: Lists, statement: Struct, owner: Struct, currency: Text, covered: Any, world: World, data: Data
) -> Lists:
    signed = Period.of(covered, world).column("signed")
    counts, lengths, account = _cut(entries.lengths)
    credit = signed > 0
    return Lists(
        counts,
        Struct(
            _heads(statement, owner, currency, account, positions(counts))
            | {
                "created": statement.created[account],
                "debit_count": segment_sums((~credit).astype(np.int64), lengths),
                "debit_sum": amount_text(segment_sums(np.where(credit, 0, signed), lengths), data),
                "credit_count": segment_sums(credit.astype(np.int64), lengths),
                "credit_sum": amount_text(segment_sums(np.where(credit, signed, 0), lengths), data),
                "entries": Lists(lengths, entries.values),
            }
        ),
    )


def _heads(statement: Struct, owner: Struct, currency: Text, account: Ints, place: Ints) -> dict[str, Any]:
    number = select(owner.iban.is_null().astype(np.int64), [owner.iban, owner.other_number])
    return {
        "reference": join("S", statement.statement_id.slice(3, 18)).take(account),
        "number": number.take(account),
        "statement": statement.number[account],
        "page": place + 1,
        "bic": owner.bic.take(account),
        "currency": currency.take(account),
    }


def _cut(counts: Ints) -> tuple[Ints, Ints, Ints]:
    """Pages of each account, at least one; entries on each page; and the account of each page."""
    pages = np.maximum(-(-counts // ENTRIES), 1)
    account = np.repeat(np.arange(len(counts)), pages)
    lengths = np.minimum(counts[account] - positions(pages) * ENTRIES, ENTRIES)
    return pages, np.maximum(lengths, 0), account


def _tag(final: Bools, number: str) -> Text:
    """Of a balance that is the statement's own, or one carried from page to page."""
    return select(final.astype(np.int64), [f"{number}M", f"{number}F"])
