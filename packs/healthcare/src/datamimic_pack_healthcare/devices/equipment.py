"""Which device stands in which department, its figures and its uses."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Maps, Struct, Table, Text
from datamimic.columns import Dates, Ints, digits, join, number_text, year_month_day
from datamimic_pack_healthcare.devices import upkeep

ATTEMPTS = 4

ANYWHERE = "Infusion Pump"
"""The device that every department has use for."""

LOG_DAYS = 28


def device_row(hospital: Any, draw: Draw, data: Data) -> Ints:
    """A row of the table `devices` whose department the hospital has: the first of four, else an infusion pump."""
    table: Table = data["devices"]
    names = data["department_services"].columns["department"]
    place = np.array([names.index(name) for name in table.columns["department"]])
    bits = hospital.department_bits
    chosen = np.full(len(bits), table.position("device_type", ANYWHERE), dtype=np.int64)
    found = np.zeros(len(bits), dtype=np.bool_)
    for attempt in range(ATTEMPTS):
        row = draw.pick(table, label=f"type {attempt}")
        fits = ((bits >> place[row]) & 1).astype(np.bool_) & ~found
        chosen = np.where(fits, row, chosen)
        found |= fits
    return chosen


def department(hospital: Any, device_row: Ints, draw: Draw, data: Data) -> Text:
    """The device's department where the hospital has it, else any that it has."""
    names: Text = data["department_services"]["department"]
    own = data["devices"]["department"].take(device_row)
    place = data["department_services"].lookup("department", own)
    there = ((hospital.department_bits >> place) & 1).astype(np.bool_)
    held: Lists = hospital.departments
    which = held.offsets[:-1] + (draw.uniform() * held.lengths).astype(np.int64)
    values: Any = held.values
    other = data["department_services"].lookup("department", values)[which]
    return names.take(np.where(there, place, other))


def manufacturer(draw: Draw, data: Data) -> Text:
    table: Table = data["device_manufacturers"]
    return table["manufacturer"].take(draw.pick(table))


def model_number(device_row: Ints, draw: Draw, data: Data) -> Text:
    """The type's letters and a model between 100 and 990."""
    return join(data["devices"]["model_prefix"].take(device_row), "-", digits(draw.integers(10, 99) * 10, 3))


def manufacture_date(device_row: Ints, draw: Draw, data: Data, clock: Clock) -> Dates:
    """Up to a tenth of the service life longer ago than it lasts."""
    life = data["devices"].ints("life_years")[device_row] * 365
    return clock.date - draw.integers(upkeep.DELIVERY_DAYS + 5, life + life // 10).astype("timedelta64[D]")


def expiration_date(manufacture_date: Dates, device_row: Ints, data: Data) -> Dates:
    return manufacture_date + (data["devices"].ints("life_years")[device_row] * 365).astype("timedelta64[D]")


def serial_number(manufacture_date: Dates, serial: Text, device_row: Ints, data: Data) -> Text:
    year = digits(year_month_day(manufacture_date)[0], 4)
    return join(data["devices"]["model_prefix"].take(device_row), year, "-", serial)


def status(expiration_date: Dates, draw: Draw, data: Data, now: Dates) -> Text:
    table: Table = data["device_statuses"]
    codes = draw.pick(table)
    values = (*table.columns["status"], "retired")
    return Text.coded(np.where(expiration_date <= now, len(values) - 1, codes), values)


def logged(manufacture_date: Dates, expiration_date: Dates, draw: Draw, data: Data, clock: Clock) -> Lists:
    """Two to five uses of the last four weeks before the clock (or before it was retired), the oldest first."""
    lengths = draw.integers(2, 5, "count")
    row = np.repeat(np.arange(len(lengths)), lengths)
    index = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    items = draw.items(lengths)
    until = np.minimum(expiration_date, clock.date)[row]
    days = np.maximum(((LOG_DAYS * (lengths[row] - index)) // (lengths[row] + 1)) - items.integers(0, 3, "day"), 0)
    when = np.maximum(
        until - days.astype("timedelta64[D]"), manufacture_date[row] + np.timedelta64(upkeep.DELIVERY_DAYS, "D")
    )
    columns: dict[str, Any] = {
        "date": when, "user": upkeep.people(items, data, "user"), "duration_minutes": items.integers(1, 48, "minutes") * 5,
        "purpose": upkeep.word("use", items, data), "notes": Text.constant("", len(row)),
    }  # fmt: skip
    return Lists(lengths, Struct(columns))


def usage_logs(logged: Lists, used_on: Lists, now: Dates) -> Lists:
    return logged.only(used_on.values <= now[used_on.parents])


def specifications(device_row: Ints, draw: Draw, data: Data) -> Maps:
    """Power supply, weight, size, and one figure that only this type has."""
    table: Table = data["devices"]
    low, high = table.floats("weight_kg_low")[device_row], table.floats("weight_kg_high")[device_row]
    tenths = np.rint((low + (high - low) * draw.uniform("weight")) * 10.0).astype(np.int64)
    weight = join(number_text(tenths // 10), ".", digits(tenths % 10, 1))
    choices = [text.split("|") for text in table.columns["specification_values"]]
    flat = [value for values in choices for value in values]
    first = np.cumsum([0, *(len(values) for values in choices)])
    count = np.array([len(values) for values in choices])[device_row]
    own = Text.coded(first[device_row] + (draw.uniform("own") * count).astype(np.int64), flat)
    keys = ("power_supply", "weight_kg", "dimensions_cm", *table.columns["specification"])
    rows = len(device_row)
    key_codes = np.stack([np.zeros(rows), np.ones(rows), np.full(rows, 2), 3 + device_row], axis=1).astype(np.int64)
    columns = [table["power_supply"].take(device_row), weight, table["dimensions_cm"].take(device_row), own]
    stacked = [text.tolist() for text in columns]
    values = Text.of([value for row in zip(*stacked, strict=True) for value in row])
    return Maps(np.full(rows, 4), Text.coded(key_codes.ravel(), keys), values)


def location(department: Text, draw: Draw) -> Text:
    floor, room = draw.integers(0, 7, "floor"), draw.integers(1, 48, "room")
    return join(department, ", room ", digits(floor * 100 + room, 3))


def assigned_to(department: Text) -> Text:
    return join(department, " team")
