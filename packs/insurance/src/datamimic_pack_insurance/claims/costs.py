"""What a claim costs: the loss, what is paid and reserved, and how it is looked into."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Family, record, segment_sums
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Masked, Struct, Text
from datamimic_pack_insurance.catalogue import TIERS, deductibles, limits
from datamimic_pack_insurance.claims.loss import last_office_day
from datamimic_pack_insurance.months import days_between, plus_days, year_of
from datamimic_pack_insurance.office_days import office_days
from datamimic_pack_insurance.premium import rounding
from datamimic_pack_insurance.risks import leaning
from datamimic_pack_insurance.settlement import (
    CLOSED,
    DENIED,
    PAYMENT,
    PAYMENT_FROM,
    REPORTED,
    STATUSES,
    history,
    payable,
    payment_number,
    payments,
    stage,
)


@record
class OwnShares:
    """What the insured bears of a claim."""

    deductible: Decimal
    coinsurance: Decimal


NONE, REFERRED, CLEARED, CONFIRMED = range(4)


def coverage_code(coverage: Any, data: Data) -> Text:
    return data["coverages"]["coverage_code"].take(coverage.rows)


UNLIMITED = 1 << 50
"""Hundredths that no claim reaches: what stands for no limit while amounts are computed."""


def most(coverage: Any, policy: Any, sum_insured: Ints, data: Data) -> Ints:
    endless = (data["coverages"]["basis"] == "unlimited")[coverage.rows]
    return np.where(endless, UNLIMITED, limits(data, coverage.rows, policy.limit_tier, sum_insured))


def limit(most: Ints) -> Masked:
    return np.ma.MaskedArray(most, most >= UNLIMITED)


def own_shares(family: Family, data: Data) -> Struct:
    """Deductible and coinsurance of each claim: a deductible per claim, or of the calendar year over its claims in time,
    above which a part is borne up to a maximum of the year."""
    policy = family.column("policy")
    loss, coverage = family.column("whole_loss"), family.column("coverage")
    table = data["cost_sharing"]
    plan = policy.product_row * TIERS + policy.deductible_tier
    yearly = (table["yearly"] == "true")[plan]
    single = np.where(yearly, 0, deductibles(data, coverage.rows, policy.deductible_tier))
    if not yearly.any():
        return Struct(
            {"deductible": single[family.positions], "coinsurance": np.zeros(len(family.positions), dtype=np.int64)}
        )
    year = year_of(family.column("loss_date"))
    legal = data["out_of_pocket"]
    most = (
        legal.ints("most")[legal.by("year_from").first(np.maximum(year, 2000))]
        * table.ints("out_of_pocket_percent")[plan]
    )
    counts = np.where(family.column("denied"), 0, loss)

    def step(before: Any, year: Ints, loss: Ints, deductible: Ints, share: Ints, most: Ints) -> Any:
        after = np.array(before)
        fresh = before["year"] != year
        borne = np.where(fresh, 0, before["borne"])
        used = np.where(fresh, 0, before["used"])
        after["deductible"] = np.minimum(loss, np.maximum(deductible - used, 0))
        part = (loss - after["deductible"]) * share // 10_000 * 100
        room = np.where(most > 0, np.maximum(most - borne - after["deductible"], 0), 0)
        after["coinsurance"] = np.minimum(part, room)
        after["year"] = year
        after["used"] = used + after["deductible"]
        after["borne"] = borne + after["deductible"] + after["coinsurance"]
        return after

    fields = ("year", "used", "borne", "deductible", "coinsurance")
    start = np.zeros((), dtype=[(name, np.int64) for name in fields])
    borne = family.along(
        step,
        start,
        year,
        counts,
        table.ints("deductible")[plan] * 100,
        table.ints("coinsurance_percent")[plan] * 100,
        most,
    )
    in_years = yearly[family.positions]
    return Struct(
        {
            "deductible": np.where(in_years, borne["deductible"], single[family.positions]),
            "coinsurance": np.where(in_years, borne["coinsurance"], 0),
        }
    )


def own_share(deductible: Ints, coinsurance: Ints) -> Ints:
    return deductible + coinsurance


def whole_loss(
    cause_row: Ints, coverage: Any, policy: Any, sum_insured: Ints, fraudulent: Bools, draw: Draw, data: Data
) -> Ints:
    """The loss as it turns out in the end, in hundredths; of what is insured by its value not more than that. What is made up
    or blown up is higher, and often a round sum."""
    keys = data["claim_causes"]["severity_key"].take(cause_row)
    of_value = (data["coverages"]["basis"] == "value")[coverage.rows]
    # Damage to what is worth more is dearer: of two severities the larger more often.
    one, other = draw.uniform(), draw.uniform("other")
    usual = usual_sums(data)[policy.product_row]
    up = leaning.larger(leaning.by_amount(sum_insured, usual), draw)
    where = np.where(of_value & (usual > 0), np.where(up, np.maximum(one, other), np.minimum(one, other)), one)
    units = data["claim_severities"].by("severity_key").quantiles_at(where, keys, value="loss")
    step = rounding(data)
    cents = np.rint(units * 100.0 / step).astype(np.int64) * step
    cents = np.where(fraudulent, blown_up(cents, draw, step), cents)
    return np.where(of_value, np.minimum(cents, sum_insured), cents)


def usual_sums(data: Data) -> Floats:
    """The mean sum insured of each row of `products`, in hundredths; 0 where sums are those of vehicles, or none."""
    table, products = data["sums_insured"], data["products"]
    own = products.lookup("product_code", table["product_code"])
    weight = np.asarray(table.weights, dtype=np.float64)
    total = np.bincount(own, table.ints("sum_insured") * weight, minlength=len(products))
    return 100.0 * total / np.bincount(own, weight, minlength=len(products))


def blown_up(cents: Ints, draw: Draw, step: int) -> Ints:
    more = np.rint(cents * (1.2 + draw.uniform("more")) / step).astype(np.int64) * step
    coarse = 100 * 100 * step
    round_sum = np.maximum((more + coarse // 2) // coarse, 1) * coarse
    return np.where(draw.chance(0.4, "round"), round_sum, more)


def worth(whole_loss: Ints, own_share: Ints, most: Ints) -> Ints:
    return payable(whole_loss, own_share, most)


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


def loss_by_clock(status_number: Ints, whole_loss: Ints, own_share: Ints, progress: Floats, data: Data) -> Ints:
    """The loss as assessed up to the clock: nothing before payment begins, then a growing part, all of it at the end."""
    step = rounding(data)
    over = np.maximum(whole_loss - own_share, 0)
    part = own_share + np.rint(over * np.minimum(progress, 1.0) / step).astype(np.int64) * step
    assessed = np.where(status_number >= CLOSED, whole_loss, np.where(status_number == PAYMENT, part, 0))
    return np.minimum(assessed, whole_loss)


def loss_amount(
    loss_by_clock: Ints, standing: Ints, status_number: Ints, paid_by_clock: Ints, payments: Lists, own_share: Ints
) -> Ints:
    """The loss as assessed so far: as much as was paid for, and in the end all of it."""
    paid = segment_sums(payments.values.amount, payments.lengths)
    so_far = np.where(paid > 0, np.minimum(own_share + paid, loss_by_clock), 0)
    known = (standing == status_number) & (paid == paid_by_clock)
    return np.where(known, loss_by_clock, so_far)


def paid_by_clock(
    status_number: Ints, whole_loss: Ints, own_share: Ints, most: Ints, progress: Floats, data: Data
) -> Ints:
    loss = loss_by_clock(status_number, whole_loss, own_share, progress, data)
    return np.where(status_number == DENIED, 0, payable(loss, own_share, most))


def paid_amount(payments: Lists) -> Ints:
    return segment_sums(payments.values.amount, payments.lengths)


def close_date(status_number: Ints, report_date: Dates, due_days: Ints) -> Masked:
    return np.ma.MaskedArray(plus_days(report_date, due_days), status_number < CLOSED)


def payments_by_clock(
    paid_by_clock: Ints, status_number: Ints, report_date: Dates, due_days: Ints, draw: Draw, data: Data, clock: Clock
) -> Lists:
    """One payment for most, up to three for others; the last on the day the claim is closed, or on some day since an open
    one is paid."""
    step = rounding(data)
    wanted = 1 + draw.chance(0.25, "second").astype(np.int64) + draw.chance(0.08, "third")
    until = last_office_day(data, clock)
    paid_from = np.minimum(plus_days(report_date, (due_days * PAYMENT_FROM).astype(np.int64)), until)
    since = ((days_between(paid_from, until) + 1) * draw.uniform("last")).astype(np.int64)
    last = np.where(status_number >= CLOSED, plus_days(report_date, due_days), plus_days(paid_from, since))
    number = payment_number(paid_by_clock, wanted, step)
    return payments(paid_by_clock, number, report_date, last, step, office_days(data))


def payment_list(payments_by_clock: Lists, paid_on: Lists, now: Dates) -> Lists:
    return payments_by_clock.only(paid_on.values <= now[paid_on.parents])


def investigation_number(
    standing: Ints, denied: Bools, fraudulent: Bools, found_out: Bools, draw: Draw, data: Data
) -> Ints:
    """What the special investigation came to: it looks into most frauds and a few honest claims; open claims are referred."""
    table = data["fraud_flags"]
    wanted = draw.pick(table.by("fraudulent"), fraudulent)
    flagged = (table["flagged"] == "true")[wanted] | found_out
    outcome = np.where((standing == DENIED) & found_out, CONFIRMED, np.where(standing >= CLOSED, CLEARED, REFERRED))
    return np.where(flagged, outcome, NONE)
