"""How a claim runs from the loss to its end: the days on which it changes, what is paid when, and its history."""

from __future__ import annotations

import numpy as np

from datamimic import WorkingDays, positions
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Struct, Text
from datamimic_pack_insurance.months import days_between, plus_days

STATUSES = ("reported", "under_review", "in_payment", "closed", "denied")
REPORTED, REVIEW, PAYMENT, CLOSED, DENIED = range(5)
REVIEW_FROM = 0.20
PAYMENT_FROM = 0.55
"""Parts of the time to settle after which a claim is looked into, and a first part of it is paid."""


def payable(loss: Ints, deductible: Ints, limit: Ints) -> Ints:
    """max(0, min(loss - deductible, limit)), all in hundredths."""
    return np.maximum(np.minimum(loss - deductible, limit), 0)


def stage(progress: Floats, denied: Bools, worth: Ints) -> Ints:
    """The status by number. `progress` is the part of the time to settle that has passed, 1 and more when it is over;
    `worth` is what will be paid in the end: 0 goes from review to closing."""
    open_stage = np.where(progress < REVIEW_FROM, REPORTED, REVIEW)
    open_stage = np.where((progress >= PAYMENT_FROM) & ~denied & (worth > 0), PAYMENT, open_stage)
    return np.where(progress >= 1.0, np.where(denied, DENIED, CLOSED), open_stage)


def payment_number(paid: Ints, wanted: Ints, step: int) -> Ints:
    """How many payments: as many as wanted, as long as each is at least one step; none where nothing is paid."""
    return np.where(paid > 0, np.clip(wanted, 1, np.maximum(paid // step, 1)), 0)


def payments(paid: Ints, number: Ints, reported: Dates, last: Dates, step: int, office: WorkingDays) -> Lists:
    """Equal parts in whole steps on office days, evenly up to the `last` one, on which the remainder is paid."""
    place = positions(number)
    part = np.where(number > 0, paid // step // np.maximum(number, 1) * step, 0)
    amount = np.repeat(part, number)
    final = place == np.repeat(number, number) - 1
    amount[final] += (paid - part * number)[number > 0]
    days = np.repeat(days_between(reported, last), number)
    paid_on = plus_days(np.repeat(reported, number), days * (place + 1) // np.maximum(np.repeat(number, number), 1))
    return Lists(number, Struct({"paid_on": office.next(paid_on), "amount": amount}))


def history(status: Ints, paid: Ints, reported: Dates, due_days: Ints, office: WorkingDays) -> Lists:
    """The statuses that the claim has had, each with its first day, an office day but for that of the report; the last one
    is where it stands."""
    reviewed = office.next(plus_days(reported, np.floor(due_days * REVIEW_FROM).astype(np.int64)))
    paying = office.next(plus_days(reported, np.floor(due_days * PAYMENT_FROM).astype(np.int64)))
    closed = plus_days(reported, due_days)
    had = np.stack(
        [
            np.ones(len(status), dtype=np.bool_),
            status >= REVIEW,
            (status == PAYMENT) | ((status == CLOSED) & (paid > 0)),
            status == CLOSED,
            status == DENIED,
        ],
        axis=1,
    )
    days = np.stack([reported, reviewed, paying, closed, closed], axis=1)
    lengths = had.sum(axis=1).astype(np.int64)
    codes = np.broadcast_to(np.arange(5), had.shape)[had]
    return Lists(lengths, Struct({"status": Text.coded(codes, STATUSES), "changed_on": days[had]}))
