"""Which securities a portfolio holds, how many of each, and what they are worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Text, segment_sums
from datamimic.columns import Dates, Ints
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths


def owner(account: Any) -> Ints:
    return account.holder.rows


def risk_profile(draw: Draw, data: Data) -> Text:
    table = data["risk_profiles"]
    return table["risk_profile"].take(draw.pick(table))


def position_count(draw: Draw, data: Data) -> Ints:
    table = data["position_counts"]
    return table.ints("count")[draw.pick(table)]


def target(draw: Draw, data: Data) -> Ints:
    return hundredths(data["portfolio_sizes"].quantiles().at(draw.uniform()), 100)


def held(risk_profile: Text, position_count: Ints, draw: Draw, data: Data) -> Lists:
    """Rows of the table of securities: as many different ones as positions, likelier by class and weight."""
    securities, mixes = data["securities"], data["investor_mixes"]
    number = len(securities)
    classes = securities.columns["asset_class"]
    weights = securities.floats("weight")
    total = {kind: sum(w for w, k in zip(weights.tolist(), classes, strict=True) if k == kind) for kind in set(classes)}
    names = risk_profile.vocabulary.values  # type: ignore[union-attr]
    wanted = dict(
        zip(
            zip(mixes.columns["risk_profile"], mixes.columns["asset_class"], strict=True),
            mixes.floats("weight").tolist(),
            strict=True,
        )
    )
    chance = np.array(
        [
            [wanted[name, kind] * w / total[kind] for w, kind in zip(weights.tolist(), classes, strict=True)]
            for name in names
        ]
    )
    # The smallest of uniform / weight win: sampling without replacement that prefers heavier securities.
    every = (
        draw.items(np.full(len(position_count), number, dtype=np.int64), "every").uniform("chance").reshape(-1, number)
    )
    ranked = np.argsort(every / chance[risk_profile.codes], axis=1, kind="stable")
    mask = np.arange(number) < position_count[:, None]
    return Lists(position_count, ranked[mask])


def positions(held: Lists, position_count: Ints, target: Ints, draw: Draw, data: Data) -> Lists:
    table = data["securities"]
    unit = currency_of(data).unit
    row: Any = held.values
    items = draw.items(position_count, "position")
    share = 0.15 + items.uniform("share")
    parents = held.parents
    whole = np.zeros(len(position_count))
    np.add.at(whole, parents, share)
    price = np.rint(table.floats("price") * 100).astype(np.int64)[row]
    quantity = np.maximum((target[parents] * (share / whole[parents]) / price).astype(np.int64), 1)
    value = quantity * price
    total = np.repeat(segment_sums(value, position_count), position_count)
    ratios = QuantileMatrix.of(data["cost_ratios"], "asset_class")
    ratio = ratios.at(ratios.numbers(table.columns["asset_class"])[row], items.uniform("cost"))
    cost = np.rint(value * ratio / unit).astype(np.int64) * unit
    columns: dict[str, Any] = {
        name: table[name].take(row)
        for name in ("isin", "national_id", "security_name", "asset_class", "cfi_code", "currency")
    }
    columns |= {
        "quantity": quantity,
        "price": price,
        "value": value,
        "cost": cost,
        "gain": value - cost,
        "weight": value / total,
    }
    return Lists(position_count, Struct(columns))


def each(positions: Lists) -> Any:
    """The positions of all portfolios, one after the other."""
    return positions.values


def sum_of(name: str, positions: Lists) -> Ints:
    return segment_sums(getattr(each(positions), name), positions.lengths)


def market_value(positions: Lists) -> Ints:
    return sum_of("value", positions)


def cost_basis(positions: Lists) -> Ints:
    return sum_of("cost", positions)


def opened_on(account: Any, draw: Draw, clock: Clock) -> Dates:
    """After the account was opened, before the clock."""
    opened = account.created_date.astype("datetime64[D]")
    room = (clock.date - opened).astype(np.int64)
    return opened + (draw.uniform() * room).astype(np.int64).astype("timedelta64[D]")
