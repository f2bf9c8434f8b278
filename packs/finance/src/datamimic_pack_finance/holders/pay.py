"""What holders are paid: how often, and what is left of it in every year of the history."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Table, Text, World
from datamimic.columns import Ints
from datamimic_pack_finance.holders.taxes import months_of_law, net_of_year
from datamimic_pack_finance.ledger.options import history
from datamimic_pack_finance.money import currency_of

RHYTHMS = ("monthly", "semimonthly", "biweekly", "weekly")
PER_YEAR = np.array([12, 24, 26, 52], dtype=np.int64)


def usual_income(data: Data) -> float:
    """Median gross income of those at work, hundredths a year."""
    others: Table = data["common.other_incomes"]
    return float(others.ints("median_income")[others.position("employment", "employed")]) * 100


def rhythm(income_kind: Text, draw: Draw, data: Data) -> Ints:
    """Number of a rhythm; what is no salary comes once a month."""
    table: Table = data["pay_rhythms"]
    numbers = np.array([RHYTHMS.index(name) for name in table.columns["rhythm"]], dtype=np.int64)
    return np.where(income_kind == "salary", numbers[draw.pick(table)], 0)


def periods(world: World, clock: Clock, data: Data) -> Ints:
    """The months, counted from 1970, from which pay is another: Januaries and changes of law, from before the history on."""

    def found() -> Ints:
        last = clock.date.astype("datetime64[M]").astype(np.int64)
        first = last - history(world)
        laws = [(month // 100 - 1970) * 12 + month % 100 - 1 for month in months_of_law(data)]
        starts = {int(first) // 12 * 12, *range((int(first) // 12 + 1) * 12, int(last) + 1, 12)}
        return np.array(sorted(starts | {month for month in laws if first < month <= last}), dtype=np.int64)

    return world.memo(("finance.pay periods", data.country), found)


def net_pay(gross_income: Ints, income_kind: Text, rhythm: Ints, world: World, clock: Clock, data: Data) -> Lists:
    """Per period of the history, what arrives on a payday, in hundredths: pay grows with the years, and net of the law then."""
    starts = periods(world, clock, data)
    growth: Table = data["pay_growth"]
    rate = 1 + float(growth.floats("percent")[growth.of_country(data.country)]) / 100
    now = int(clock.date.astype("datetime64[Y]").astype(np.int64))
    unit = currency_of(data).unit
    employed, retired = income_kind == "salary", income_kind == "pension"
    taxed = employed | retired | (income_kind == "business")
    made = np.zeros((len(gross_income), len(starts)), dtype=np.int64)
    some = np.flatnonzero(gross_income > 0)
    for place, start in enumerate(starts.tolist()):
        level = 1.0
        for _ in range(now - start // 12):
            level /= rate
        gross = np.rint(gross_income[some] * level / 1200).astype(np.int64) * 1200
        law = (1970 + start // 12) * 100 + start % 12 + 1
        net = net_of_year(gross, taxed[some], employed[some], retired[some], law, data)
        made[some, place] = net // (PER_YEAR[rhythm[some]] * unit) * unit
    return Lists(np.full(len(made), len(starts), dtype=np.int64), made.ravel())


def monthly(net_pay: Lists, rhythm: Ints) -> Ints:
    """Hundredths a month, on average, by the law at the clock."""
    if not len(rhythm):
        return rhythm
    last: Any = net_pay.values.reshape(len(rhythm), -1)[:, -1]
    return last * PER_YEAR[rhythm] // 12
