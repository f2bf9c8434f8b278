"""The claims of a holder that are known at a day: what earlier claims, claim-free years and classes are counted from."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import World, positions, segment_sums
from datamimic.columns import Bools, Dates, Ints, Masked, years_between
from datamimic_pack_insurance.months import DAY, add_months, days_between, plus_days

MEMORY = 5
"""Years for which earlier claims count."""


@frozen(eq=False)
class KnownClaims:
    """Claims of holders, holder after holder: `counts` of each, the day of report of every claim, its rating and whether it
    was the driver's fault; and claims with other insurers before the books begin, of drivers and others alike."""

    counts: Ints
    reported: Dates
    rating: Any
    at_fault: Bools
    earlier_counts: Ints
    earlier: Dates
    books_from: Dates
    claim_free_before: Ints

    @classmethod
    def of(cls, world: World, holders: Ints) -> KnownClaims:
        """Of these rows of Insured."""
        insured = world.refer("insurance.insured", holders)
        profiles = insured.children("insurance.risk_profile")
        policies = world.refer("insurance.insurance_policy", profiles.rows)
        claims = policies.children("insurance.claim")
        rating = policies.risk_profile.rating
        own = np.repeat(np.arange(len(profiles.rows), dtype=np.int64), claims.counts)
        earlier = insured.earlier
        begun = insured.books_from
        return cls(
            segment_sums(claims.counts, profiles.counts), claims.column("report_date"), rating.take(own),
            claims.column("at_fault"), np.asarray(earlier.lengths, dtype=np.int64),
            plus_days(begun[earlier.parents], -earlier.values), begun, insured.claim_free_before,
        )  # fmt: skip

    def _asked(self, holder: Ints) -> tuple[Ints, Ints]:
        """(question, claim) for every claim of the holder of every question."""
        counts = self.counts[holder]
        first = (np.cumsum(self.counts) - self.counts)[holder]
        question = np.repeat(np.arange(len(holder), dtype=np.int64), counts)
        return question, np.repeat(first, counts) + positions(counts)

    def within(self, holder: Ints, day: Dates, years: int, among: Bools | None = None, ratings: Any = None) -> Ints:
        """How many claims were reported in the `years` up to the day before each day. `holder` says whose,
        by place; `among` are the claims that count, or those of the same group of `ratings` as the question."""
        question, claim = self._asked(holder)
        since = add_months(day - DAY, -12 * years)
        at = self.reported[claim]
        counted = (at < day[question]) & (at >= since[question])
        if among is not None:
            counted &= among[claim]
        if ratings is not None:
            counted &= group(self.rating.take(claim)) == group(ratings)[question]
        found = np.bincount(question[counted], minlength=len(holder))
        lengths = self.earlier_counts[holder]
        first = (np.cumsum(self.earlier_counts) - self.earlier_counts)[holder]
        question = np.repeat(np.arange(len(holder), dtype=np.int64), lengths)
        at = self.earlier[np.repeat(first, lengths) + positions(lengths)]
        counted = (at < day[question]) & (at >= since[question])
        return np.asarray(found + np.bincount(question[counted], minlength=len(holder)), dtype=np.int64)

    def claim_free(self, holder: Ints, day: Dates, licence_date: Masked) -> Ints:
        """Completed years of driving at each day since the last claim that was the driver's fault."""
        question, claim = self._asked(holder)
        at = self.reported[claim]
        counted = self.at_fault[claim] & (at < day[question])
        last = np.full(len(holder), -(1 << 30), dtype=np.int64)
        np.maximum.at(last, question[counted], days_between("1970-01-01", at[counted]))
        missing = np.ma.getmaskarray(licence_date)
        licence = np.where(missing, day, np.minimum(np.ma.getdata(licence_date), day))
        driven = years_between(licence, day)
        began = np.maximum(self.books_from[holder], licence)
        began = np.minimum(began, day)
        never = self.claim_free_before[holder] * (licence < self.books_from[holder]) + years_between(began, day)
        had = last > -(1 << 30)
        since = years_between(np.minimum(plus_days("1970-01-01", np.where(had, last, 0)), day), day)
        return np.where(missing, 0, np.minimum(np.where(had, since, never), driven))


def group(rating: Any) -> Ints:
    """Claims count for covers of their own kind: cars and motorcycles, homes, and each other kind for itself."""
    names = ("motor", "home", "liability", "life", "health", "community", "accident", "travel", "legal")
    same = {"tariff": "motor", "contents": "home"}
    codes, vocabulary = rating.coding()
    numbers = np.array(
        [*(names.index(same.get(str(each), str(each))) for each in vocabulary.values), -1], dtype=np.int64
    )
    return numbers[codes]
