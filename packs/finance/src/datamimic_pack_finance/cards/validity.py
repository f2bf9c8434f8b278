"""From when to when a card is valid: the debit card that an account pays with is as old as the use of the account, and is
renewed under its number as long as that goes on; other cards end with their term."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, positions, segment_sums
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.calendar import month_day

DAY = np.timedelta64(1, "D")
OLDEST = 2_200
"""Days before the first booking on which a debit card was issued at the earliest."""
KEPT = 300
"""Days past their term for which other cards are kept."""


def term(draw: Draw, data: Data) -> Ints:
    table = data["card_terms"]
    return table.ints("years")[draw.pick(table)]


def issue_date(term: Ints, is_main: Bools, account: Any, draw: Draw, clock: Clock) -> Dates:
    """On a day after that on which the account was opened, so that no card is seen without its account; of what pays for
    the account before its first booking, of others after the holder's 18th birthday."""
    opened = account.created_date.astype("datetime64[D]") + DAY
    ago = draw.integers(0, term * 365 + KEPT, "ago").astype("timedelta64[D]")
    grown = account.holder.birthdate.astype("datetime64[D]") + (18 * 365 + 5) * DAY
    other = np.minimum(np.maximum(clock.date - ago, np.maximum(grown, opened)), clock.date)
    early = account.window_start + DAY - draw.integers(0, OLDEST, "before").astype("timedelta64[D]")
    return np.where(is_main, np.maximum(early, opened), other)


def renewals(issue_date: Dates, term: Ints, is_main: Bools, account: Any, clock: Clock) -> Lists:
    """The days on which it was renewed: the first of the month with whose end it would have expired."""
    issued = issue_date.astype("datetime64[M]")
    last = np.minimum(account.last_active, clock.date).astype("datetime64[M]")
    count = np.where(is_main, np.maximum((last - issued).astype(np.int64) // (12 * term), 0), 0)
    own = np.repeat(np.arange(len(count), dtype=np.int64), count)
    month = issued[own] + (12 * term[own] * (positions(count) + 1)).astype("timedelta64[M]")
    return Lists(count, month.astype("datetime64[D]"))


def renewed_on(renewals: Lists, now: Dates) -> Any:
    """The last time, null where it never was."""
    number = _before(renewals, now)
    starts = np.cumsum(renewals.lengths) - renewals.lengths
    days = np.append(renewals.values, np.datetime64("NaT", "D"))
    return np.ma.MaskedArray(days[np.where(number > 0, starts + number - 1, 0)], number == 0)


def expiration_date(issue_date: Dates, term: Ints, renewals: Lists, now: Dates) -> Dates:
    """The last day of its last month, by what is known of renewals."""
    return _end(issue_date, term, _before(renewals, now))


def expires_at_last(issue_date: Dates, term: Ints, renewals: Lists) -> Dates:
    """With all renewals up to the clock."""
    return _end(issue_date, term, renewals.lengths)


def is_active(expires_at_last: Dates, draw: Draw, now: Dates) -> Bools:
    """It is renewed before it would have expired."""
    return (expires_at_last > now) & ~draw.chance(0.03, "blocked")


def _before(renewals: Lists, now: Dates) -> Ints:
    """How many there are up to a moment."""
    known = renewals.values <= np.repeat(now.astype("datetime64[D]"), renewals.lengths)
    return segment_sums(known.astype(np.int64), renewals.lengths)


def _end(issue_date: Dates, term: Ints, renewed: Ints) -> Dates:
    months = (12 * term * (renewed + 1)).astype("timedelta64[M]")
    return month_day(issue_date.astype("datetime64[M]") + months, np.full(len(term), 31))
