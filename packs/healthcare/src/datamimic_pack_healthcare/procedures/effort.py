"""How long procedures take, what they need and what they cost."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Alias, Data, Draw, Table, Text, World, option, options
from datamimic.columns import Bools, Floats, Ints
from datamimic.errors import InvalidOption, excerpt

CATEGORIES = ("", "Surgical", "Diagnostic", "Preventive", "Therapeutic")


@options
class ProcedureOptions:
    """Which procedures."""

    category: str = option("", doc="only procedures of this category: a population of its own", choices=CATEGORIES)
    specialty: str = option(
        "", doc="only procedures of this specialty: a population of its own", values_in="procedures.specialty"
    )


def procedure_row(draw: Draw, data: Data, options: ProcedureOptions, world: World) -> Ints:
    table: Table = data["procedures"]
    asked = {"category": options.category, "specialty": options.specialty}
    if not any(asked.values()):
        return draw.pick(table)
    return draw.pick(world.memo(("procedures", *asked.values()), lambda: rows_with(table, asked)))


def rows_with(table: Table, asked: dict[str, str]) -> Alias:
    """The rows of a table that have these values, the empty ones aside, by their weights. Raises `InvalidOption`
    (`impossible_constraint`)."""
    wanted = {name: value for name, value in asked.items() if value}
    rows = [
        row for row in range(len(table)) if all(table.columns[name][row] == value for name, value in wanted.items())
    ]
    if not rows:
        what = " and ".join(f"{name} {excerpt(value)}" for name, value in wanted.items())
        raise InvalidOption(
            "impossible_constraint",
            f"{table.file} has nothing of {what}",
            hint="`dm describe` lists what there is",
            path=f"$.{next(iter(wanted))}",
        )
    return Alias.build([(rows, [table.weights[row] for row in rows])])


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
    """In hundredths of the national currency, cheaper ones more often."""
    return price(procedure_row, draw.uniform(), data)


def price(procedure_row: Ints, share: Floats, data: Data) -> Ints:
    """In hundredths of the national currency: the US price range at the country's price level; `share`, from 0 to 1, says where
    in it, near its lower end more often."""
    table: Table = data["procedures"]
    prices: Table = data["procedure_prices"]
    low, high = table.floats("usd_low")[procedure_row], table.floats("usd_high")[procedure_row]
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
