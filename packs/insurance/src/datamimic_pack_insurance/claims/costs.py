"""What a claim costs: the loss, what is paid and reserved, and how it is looked into."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, segment_sums
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Masked, Text
from datamimic_pack_insurance.catalogue import deductibles, limits
from datamimic_pack_insurance.claims.loss import last_office_day
from datamimic_pack_insurance.months import plus_days
from datamimic_pack_insurance.office_days import office_days
from datamimic_pack_insurance.premium import rounding
from datamimic_pack_insurance.settlement import (
    CLOSED,
    DENIED,
    PAYMENT,
    REPORTED,
    STATUSES,
    history,
    payable,
    payment_number,
    payments,
    stage,
)

NONE, REFERRED, CLEARED, CONFIRMED = range(4)


def coverage_code(coverage: Any, data: Data) -> Text:
    return data["coverages"]["coverage_code"].take(coverage.rows)


def limit(coverage: Any, policy: Any, data: Data) -> Ints:
    return limits(data, coverage.rows, policy.limit_tier, policy.insured_sum)


def deductible(coverage: Any, policy: Any, data: Data) -> Ints:
    return deductibles(data, coverage.rows, policy.deductible_tier)


def whole_loss(cause_row: Ints, coverage: Any, policy: Any, draw: Draw, data: Data) -> Ints:
    """The loss as it turns out in the end, in hundredths; of what is insured by its value not more than that."""
    keys = data["claim_causes"]["severity_key"].take(cause_row)
    units = data["claim_severities"].by("severity_key").quantiles_at(draw.uniform(), keys, value="loss")
    step = rounding(data)
    cents = np.rint(units * 100.0 / step).astype(np.int64) * step
    of_value = (data["coverages"]["basis"] == "value")[coverage.rows]
    return np.where(of_value, np.minimum(cents, policy.insured_sum), cents)


def worth(whole_loss: Ints, deductible: Ints, limit: Ints) -> Ints:
    return payable(whole_loss, deductible, limit)


def status_number(progress: Floats, denied: Bools, worth: Ints) -> Ints:
    return stage(progress, denied, worth)


def whole_history(status_number: Ints, paid_by_clock: Ints, report_date: Dates, due_days: Ints, data: Data) -> Lists:
    return history(status_number, paid_by_clock, report_date, due_days, office_days(data))


def status_history(whole_history: Lists, changed_on: Lists, now: Dates) -> Lists:
    return whole_history.only(changed_on.values <= now[changed_on.parents])


def standing(status_history: Lists) -> Ints:
    """Its last status so far."""
    codes, vocabulary = status_history.values.status.coding()
    numbers = np.array([*(STATUSES.index(each) for each in vocabulary.values), REPORTED], dtype=np.int64)
    last = np.append(codes, len(numbers) - 1)[np.cumsum(status_history.lengths) - 1]
    return np.where(status_history.lengths > 0, numbers[last], REPORTED)


def loss_by_clock(status_number: Ints, whole_loss: Ints, deductible: Ints, progress: Floats, data: Data) -> Ints:
    """The loss as assessed up to the clock: nothing before payment begins, then a growing part, all of it at the end."""
    step = rounding(data)
    over = np.maximum(whole_loss - deductible, 0)
    part = deductible + np.rint(over * np.minimum(progress, 1.0) / step).astype(np.int64) * step
    assessed = np.where(status_number >= CLOSED, whole_loss, np.where(status_number == PAYMENT, part, 0))
    return np.minimum(assessed, whole_loss)


def loss_amount(
    loss_by_clock: Ints, standing: Ints, status_number: Ints, paid_by_clock: Ints, payments: Lists, deductible: Ints
) -> Ints:
    """The loss as assessed so far: as much as was paid for, and in the end all of it."""
    paid = segment_sums(payments.values.amount, payments.lengths)
    so_far = np.where(paid > 0, np.minimum(deductible + paid, loss_by_clock), 0)
    known = (standing == status_number) & (paid == paid_by_clock)
    return np.where(known, loss_by_clock, so_far)


def paid_by_clock(
    status_number: Ints, whole_loss: Ints, deductible: Ints, limit: Ints, progress: Floats, data: Data
) -> Ints:
    loss = loss_by_clock(status_number, whole_loss, deductible, progress, data)
    return np.where(status_number == DENIED, 0, payable(loss, deductible, limit))


def paid_amount(payments: Lists) -> Ints:
    return segment_sums(payments.values.amount, payments.lengths)


def reserve(standing: Ints, worth: Ints, paid_amount: Ints) -> Ints:
    """What the insurer still expects to pay on an open claim."""
    return np.where(standing >= CLOSED, 0, np.maximum(worth - paid_amount, 0))


def close_date(status_number: Ints, report_date: Dates, due_days: Ints) -> Masked:
    return np.ma.MaskedArray(plus_days(report_date, due_days), status_number < CLOSED)


def payments_by_clock(
    paid_by_clock: Ints, status_number: Ints, report_date: Dates, due_days: Ints, draw: Draw, data: Data, clock: Clock
) -> Lists:
    """One payment for most, up to three for others; the last on the day the claim is closed."""
    step = rounding(data)
    wanted = 1 + draw.chance(0.25, "second").astype(np.int64) + draw.chance(0.08, "third")
    last = np.where(status_number >= CLOSED, plus_days(report_date, due_days), last_office_day(data, clock))
    number = payment_number(paid_by_clock, wanted, step)
    return payments(paid_by_clock, number, report_date, last, step, office_days(data))


def payment_list(payments_by_clock: Lists, paid_on: Lists, now: Dates) -> Lists:
    return payments_by_clock.only(paid_on.values <= now[paid_on.parents])


def investigation_number(standing: Ints, denied: Bools, draw: Draw, data: Data) -> Ints:
    """What the special investigation came to; open claims are merely referred."""
    table = data["fraud_flags"]
    flagged = (table["flagged"] == "true")[draw.pick(table.by("denied"), denied)]
    outcome = np.where(standing == DENIED, CONFIRMED, np.where(standing == CLOSED, CLEARED, REFERRED))
    return np.where(flagged, outcome, NONE)
