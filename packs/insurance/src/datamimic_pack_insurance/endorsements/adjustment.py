"""What a change costs or gives back: the premium of the term as it would be with it, less that without, for the days left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Data, record
from datamimic.columns import Dates, Floats, Ints, Struct, numbered
from datamimic_pack_insurance.months import days_between
from datamimic_pack_insurance.premium import minor_unit, rounded
from datamimic_pack_insurance.terms import tariff

PARTS = 10_000.0


@record
class Adjustment:
    """Premium of the whole term before and after the change, tax included, and the parts of each for the days left."""

    before: Decimal
    after: Decimal
    tax: Decimal
    total: Decimal


def before(policy: Any, place: Ints, name: str, first: Any) -> Any:
    """What was so before each change: what the one before made it."""
    rows, own = numbered(policy.rows)
    changes = policy.world.refer("insurance.insurance_policy", rows).changes
    column = np.append(changes.values.columns[name], 0)
    return np.where(place > 0, column[np.where(place > 0, changes.offsets[own] + place - 1, -1)], first)


def change(policy: Any, place: Ints) -> Struct:
    """The change at the place of each endorsement among those of its policy."""
    rows, own = numbered(policy.rows)
    changes = policy.world.refer("insurance.insurance_policy", rows).changes
    values: Struct = changes.values.take(changes.offsets[own] + place)
    return values


def days_left(term: Any, effective_on: Dates) -> Ints:
    return days_between(effective_on, term.end_date)


def relativity(term: Any, risk: Floats, risk_at_start: Floats) -> Floats:
    """The relativity of the term with what is so now in place of what was so at its start."""
    return np.rint(term.relativity * risk / risk_at_start * PARTS) / PARTS


def adjustment(
    policy: Any, term: Any, relativity_before: Floats, relativity_after: Floats, days_left: Ints, data: Data
) -> Struct:
    bills = [whole_term(policy, term, each, data) for each in (relativity_before, relativity_after)]
    part = days_left / np.maximum(days_between(term.start_date, term.end_date), 1)
    step = minor_unit(data)
    off = {name: rounded((getattr(bills[1], name) - getattr(bills[0], name)) * part, step) for name in ("tax", "total")}
    return Struct({"before": bills[0].total, "after": bills[1].total, **off})


def whole_term(policy: Any, term: Any, relativity: Floats, data: Data) -> Struct:
    premiums = tariff.premiums(policy.product_row, relativity, term.years, policy, data)
    return tariff.bill(tariff.net_premium(premiums), term.bundled, term.rating, policy, data)
