"""Maintenance of devices: how often, when, by whom."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text, composite, positions
from datamimic.columns import Dates, Ints, join, number_text, where
from datamimic_pack_healthcare.clinical.weekdays import before_weekend
from datamimic_pack_healthcare.wording import named, sentence

DELIVERY_DAYS = 30

LEAST_CURRENT, MOST_CURRENT = 8, 92
"""Leakage currents in microamperes, own estimate: IEC 62353 allows at least 100 for the whole device."""
KEPT = 6
"""Maintenance records that are kept: the latest."""
MOST_VISITS = 128
LATE, LONGEST = 0.22, 0.7
"""Share of maintenance visits that are late, and how late at most, in parts of the interval: so about one device in twenty is
overdue at a time; an estimate."""


def delivered_on(manufacture_date: Dates) -> Dates:
    return before_weekend(manufacture_date + np.timedelta64(DELIVERY_DAYS, "D"))


def services_so_far(
    rows: Ints, manufacture_date: Dates, expiration_date: Dates, device_row: Ints, draw: Draw, data: Data, now: Dates
) -> Ints:
    """Maintenance visits since delivery, the acceptance test among them."""
    draw = _visits(draw)
    until = np.minimum(expiration_date, now.astype("datetime64[D]"))
    days = (until - manufacture_date).astype(np.int64) - DELIVERY_DAYS
    due = np.maximum(days // data["devices"].ints("maintenance_days")[device_row], 0)
    # The last that fell due may be late, the next may have been put forward from a weekend.
    done = visit_date(rows, manufacture_date, device_row, due, draw, data) <= until
    next_done = visit_date(rows, manufacture_date, device_row, due + 1, draw, data) <= until
    return np.maximum(due + done + next_done, 1)


def service_days(
    rows: Ints, manufacture_date: Dates, expiration_date: Dates, device_row: Ints, draw: Draw, data: Data, clock: Clock
) -> Lists:
    until = np.full(len(device_row), clock.instant)
    number = services_so_far(rows, manufacture_date, expiration_date, device_row, draw, data, until)
    own = np.repeat(np.arange(len(number)), number)
    return Lists(
        number, visit_date(rows[own], manufacture_date[own], device_row[own], positions(number), _visits(draw), data)
    )


def due_date(manufacture_date: Dates, device_row: Ints, number: Ints, data: Data) -> Dates:
    """When a maintenance falls due."""
    days = DELIVERY_DAYS + number * data["devices"].ints("maintenance_days")[device_row]
    return before_weekend(manufacture_date + days.astype("timedelta64[D]"))


def visit_date(rows: Ints, manufacture_date: Dates, device_row: Ints, number: Ints, draw: Draw, data: Data) -> Dates:
    """When it is done: most on the day, some weeks late; the acceptance test always when the device is delivered."""
    due = due_date(manufacture_date, device_row, number, data)
    picks = Draw(draw.address, composite(rows, number, MOST_VISITS))
    share = picks.uniform("how late")
    longest = data["devices"].ints("maintenance_days")[device_row] * LONGEST
    late = np.where(picks.chance(LATE, "late") & (number > 0), longest * share * share, 0.0)
    return before_weekend(due + late.astype(np.int64).astype("timedelta64[D]"))


def _visits(draw: Draw) -> Draw:
    """The same draws for every field that asks when a maintenance is done."""
    return Draw((*draw.address[:2], "maintenance visits"), draw.rows)


def last_maintenance_date(
    rows: Ints, manufacture_date: Dates, device_row: Ints, services_so_far: Ints, draw: Draw, data: Data
) -> Dates:
    return visit_date(rows, manufacture_date, device_row, services_so_far - 1, _visits(draw), data)


def next_maintenance_date(
    manufacture_date: Dates, device_row: Ints, services_so_far: Ints, status: Text, data: Data
) -> Any:
    return np.ma.MaskedArray(due_date(manufacture_date, device_row, services_so_far, data), status == "retired")


def word_row(kind: str, draw: Draw, data: Data) -> Ints:
    """A row of the table `device_log_words`."""
    table: Table = data["device_log_words"]
    return draw.pick(table.by("kind"), Text.constant(kind, len(draw.rows)), label=f"word {kind}")


def word(kind: str, draw: Draw, data: Data) -> Text:
    """In English."""
    return data["device_log_words"]["word"].take(word_row(kind, draw, data))


def people(draw: Draw, data: Data, label: str) -> Text:
    names: Table = data["common.family_names"]
    initial = Text.coded(draw.integers(0, 19, f"{label} initial"), [*"ABCDEFGHIJKLMNPRSTVW"])
    given = {"tradition": "", "gender": "female"}
    columns = [name for name in given if name in names]
    choices: Any = names
    if columns:
        choices = names.by(*columns)
        rows = draw.pick(
            choices, *(names[name].take(np.zeros(len(draw.rows), dtype=np.int64)) for name in columns), label=label
        )
    else:
        rows = draw.pick(choices, label=label)
    return join(initial, ". ", names["family_name"].take(rows))


def maintenance_history(
    rows: Ints, manufacture_date: Dates, device_row: Ints, services_so_far: Ints, draw: Draw, data: Data
) -> Lists:
    """The latest visits, the oldest first; the first one ever is the acceptance test."""
    lengths = np.minimum(services_so_far, KEPT)
    row = np.repeat(np.arange(len(lengths)), lengths)
    number = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + (services_so_far - lengths)[row]
    items = draw.items(lengths)
    table: Table = data["devices"]
    visit = visit_date(rows[row], manufacture_date[row], device_row[row], number, _visits(draw), data)
    kind, part = word("maintenance", items, data), word("part", items, data)
    accepted = number == 0
    kind = where(accepted, "acceptance test", kind)
    changed = (kind == "corrective") | ((kind == "preventive") & (items.uniform("changed") < 0.4))
    part = where(changed, part, "none")
    prices: Table = data["device_service_prices"]
    step = float(prices.ints("step_cents")[0])
    base = table.ints("service_cost")[device_row[row]] * float(prices.floats("factor")[0])
    price = np.rint(base * (60.0 + 80.0 * items.uniform("cost")) / step) * step
    cost = np.where(accepted, 0, price.astype(np.int64))
    hours = items.integers(2, 12, "hours") * 0.5
    result = word("result", items, data)
    unchanged = part == "none"
    kind, part, result = (named("log", each, data) for each in (kind, part, result))
    facts = {"current": number_text(items.integers(LEAST_CURRENT, MOST_CURRENT, "current")), "result": result}
    check = where(
        accepted,
        sentence("first check", data, **facts),
        sentence("check", data, number=number_text(number + 1), **facts),
    )
    notes = where(unchanged, check, sentence("replaced", data, check=check, part=part))
    columns: dict[str, Any] = {
        "date": visit, "technician": people(items, data, "technician"), "type": kind, "parts_replaced": part, "cost": cost,
        "duration_hours": hours, "result": result, "notes": notes,
    }  # fmt: skip
    return Lists(lengths, Struct(columns))
