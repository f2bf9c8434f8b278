"""How long procedures take, what they need and what they cost."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Ints


def procedure_row(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["procedures"])


def between(low: str, high: str, step: int) -> Any:
    """A rule that draws a multiple of `step` between two columns of the table."""

    def rule(procedure_row: Ints, draw: Draw, data: Data) -> Ints:
        table: Table = data["procedures"]
        least = -(-table.ints(low)[procedure_row] // step)
        most = np.maximum(table.ints(high)[procedure_row] // step, least)
        return draw.integers(least, most) * step

    return rule


def category_is(category: str) -> Any:
    def rule(procedure_row: Ints, data: Data) -> Bools:
        return data["procedures"]["category"].take(procedure_row) == category

    return rule


def requires_anesthesia(procedure_row: Ints, draw: Draw, data: Data) -> Bools:
    return draw.chance(data["procedures"].floats("anesthesia")[procedure_row])


def cost(procedure_row: Ints, draw: Draw, data: Data) -> Ints:
    """In hundredths of the national currency: the US price range at the country's price level, cheaper ones more often."""
    table: Table = data["procedures"]
    prices: Table = data["procedure_prices"]
    low, high = table.floats("usd_low")[procedure_row], table.floats("usd_high")[procedure_row]
    share = draw.uniform()
    step = float(prices.ints("step_cents")[0])
    cents = (low + (high - low) * share * share) * float(prices.floats("factor")[0]) * 100.0
    return (np.rint(cents / step) * step).astype(np.int64)


def currency(rows: Ints, data: Data) -> Text:
    return Text.constant(data["procedure_prices"].columns["currency"][0], len(rows))


def side(procedure_row: Ints, draw: Draw, data: Data) -> Text:
    """Left or right, as often as each other, where the body has two of it."""
    left = draw.chance(0.5)
    two_sided = data["procedures"].ints("two_sided")[procedure_row] == 1
    return Text.coded(np.where(two_sided, np.where(left, 0, 1), -1), ("left", "right"))


def condition(procedure_row: Ints, data: Data) -> Text:
    found: Text = data["procedures"]["condition"].take(procedure_row)
    return found.where(found != "")
