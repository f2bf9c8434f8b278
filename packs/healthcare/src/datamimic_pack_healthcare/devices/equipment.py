"""Which device stands in which department, its figures and its uses."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Maps, Struct, Table, Text, option, options
from datamimic.columns import Dates, Ints, digits, join, number_text, where, year_month_day
from datamimic_pack_healthcare.devices import upkeep
from datamimic_pack_healthcare.hospitals import siting
from datamimic_pack_healthcare.wording import SENTENCES, named, pattern, sentence

ATTEMPTS = 4
STATUS, RETIRED = ("active", "in maintenance", "standby", "out of service"), "retired"

ANYWHERE = "Infusion Pump"
"""The device that every department has use for."""

LOG_DAYS = 28
WEEKEND_LATER = 6
"""How many days later, at most, what falls on a weekend is."""


@options
class DeviceOptions:
    """Which devices."""

    device_type: str = option(
        "", doc="only devices of this kind: a population of its own", values_in="devices.device_type"
    )
    status: str = option("", doc="only devices of this status: a population of its own", choices=("", *STATUS, RETIRED))


def owner(draw: Draw, data: Data, world: Any, options: DeviceOptions, clock: Clock) -> Ints:
    """Any hospital that the world's people go to: one with the department of a kind that is asked for, and old enough where
    all devices are retired."""
    if not options.device_type and options.status != RETIRED:
        return siting.any_of_world(draw, data, world)
    table: Table = data["devices"]
    kind = table.position("device_type", options.device_type) if options.device_type else None
    department = (
        siting.ANY
        if kind is None
        else data["department_services"].position("department", table.columns["department"][kind])
    )
    lives = table.ints("life_years") if kind is None else table.ints("life_years")[[kind]]
    days = int(lives.max()) * 402 + upkeep.DELIVERY_DAYS if options.status == RETIRED else 0
    rows = world.memo(
        ("hospitals", "owners", department, days),
        lambda: siting.open_with(world, data, department, clock.date - np.timedelta64(days, "D")),
    )
    owners: Ints = rows[draw.integers(0, len(rows) - 1)]
    return owners


def device_row(hospital: Any, draw: Draw, data: Data, options: DeviceOptions) -> Ints:
    """A row of the table `devices` whose department the hospital has: the first of four, else an infusion pump."""
    table: Table = data["devices"]
    if options.device_type:
        return np.full(len(hospital.rows), table.position("device_type", options.device_type))
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


def device_type(device_type_en: Text, data: Data) -> Text:
    return named("device", device_type_en, data)


def department(department_en: Text, data: Data) -> Text:
    return named("department", department_en, data)


def department_en(hospital: Any, device_row: Ints, draw: Draw, data: Data) -> Text:
    """The device's department where the hospital has it, else any that it has."""
    names: Text = data["department_services"]["department"]
    own = data["devices"]["department"].take(device_row)
    place = data["department_services"].lookup("department", own)
    there = ((hospital.department_bits >> place) & 1).astype(np.bool_)
    held: Lists = hospital.departments_en
    which = held.offsets[:-1] + (draw.uniform() * held.lengths).astype(np.int64)
    values: Any = held.values
    other = data["department_services"].lookup("department", values)[which]
    return names.take(np.where(there, place, other))


def manufacturer(device_type_en: Text, draw: Draw, data: Data) -> Text:
    """One of those who make such devices."""
    table: Table = data["device_manufacturers"]
    return table["manufacturer"].take(draw.pick(table.by("device_type"), device_type_en))


def model_number(device_row: Ints, draw: Draw, data: Data) -> Text:
    """The type's letters and a model between 100 and 990."""
    return join(data["devices"]["model_prefix"].take(device_row), "-", digits(draw.integers(10, 99) * 10, 3))


def manufacture_date(
    hospital: Any, device_row: Ints, draw: Draw, data: Data, clock: Clock, options: DeviceOptions
) -> Dates:
    """A working day up to a tenth of the service life longer ago than it lasts, and not before the hospital opened."""
    life = data["devices"].ints("life_years")[device_row] * 365
    open_for = (clock.date - hospital.opened_on).astype(np.int64)
    least, most = np.full(len(life), upkeep.DELIVERY_DAYS + 5 + WEEKEND_LATER), life + life // 10
    if options.status == RETIRED:
        least = life + 1 + WEEKEND_LATER
    elif options.status:
        most = life - 1
    day = clock.date - draw.integers(least, np.minimum(most, open_for)).astype("timedelta64[D]")
    number = day.astype(np.int64)
    weekday = (number + 3) % 7
    # What falls on a weekend is made on any day of the week after.
    return day + np.where(weekday >= 5, 7 - weekday + number % 5, 0).astype("timedelta64[D]")


def expiration_date(manufacture_date: Dates, device_row: Ints, data: Data) -> Dates:
    return manufacture_date + (data["devices"].ints("life_years")[device_row] * 365).astype("timedelta64[D]")


def serial_number(manufacture_date: Dates, serial: Text, device_row: Ints, data: Data) -> Text:
    year = digits(year_month_day(manufacture_date)[0], 4)
    return join(data["devices"]["model_prefix"].take(device_row), year, "-", serial)


def status(expiration_date: Dates, draw: Draw, data: Data, now: Dates, options: DeviceOptions) -> Text:
    table: Table = data["device_statuses"]
    values = (*table.columns["status"], RETIRED)
    codes = draw.pick(table)
    if options.status in STATUS:
        codes = np.full(len(codes), values.index(options.status))
    return Text.coded(np.where(expiration_date <= now, len(values) - 1, codes), values)


def logged(
    manufacture_date: Dates, expiration_date: Dates, device_row: Ints, draw: Draw, data: Data, clock: Clock
) -> Lists:
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
    purpose, minutes = upkeep.word_row("use", items, data), items.integers(1, 48, "minutes") * 5
    table: Table = data["device_log_words"]
    columns: dict[str, Any] = {
        "date": when, "user": upkeep.people(items, data, "user"), "duration_minutes": minutes,
        "purpose": named("log", table["word"], data).take(purpose),
        "notes": _noted(table["noted"].take(purpose), device_row[row], minutes, items, data),
    }  # fmt: skip
    return Lists(lengths, Struct(columns))


def _noted(how: Text, device_row: Ints, minutes: Ints, items: Draw, data: Data) -> Text:
    """What was read off the device in use, that it passed its test, or how many people were taught."""
    table: Table = data["devices"]
    step = table.ints("reading_step")[device_row]
    least, most = table.ints("reading_least")[device_row] // step, table.ints("reading_most")[device_row] // step
    value = number_text(items.integers(least, most, "reading") * step)
    forms = [pattern(data[SENTENCES], f"reading of {name}") for name in table.columns["device_type"]]
    before, after = zip(*(form.split("{n}") for form in forms), strict=True)
    reading = join(Text.coded(device_row, before), value, Text.coded(device_row, after))
    time = number_text(minutes)
    used = sentence("in use", data, minutes=time, reading=reading)
    tested = sentence("tested", data, minutes=time)
    trained = sentence("trained", data, people=number_text(items.integers(2, 14, "people")), minutes=time)
    return where(how == "in use", used, where(how == "tested", tested, trained))


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
    columns = [
        named("power supply", table["power_supply"], data).take(device_row),
        weight,
        table["dimensions_cm"].take(device_row),
        own,
    ]
    stacked = [text.tolist() for text in columns]
    values = Text.of([value for row in zip(*stacked, strict=True) for value in row])
    return Maps(np.full(rows, 4), Text.coded(key_codes.ravel(), keys), values)


def location(department: Text, draw: Draw, data: Data) -> Text:
    floor, room = draw.integers(0, 7, "floor"), draw.integers(1, 48, "room")
    return sentence("location", data, department=department, room=digits(floor * 100 + room, 3))


def assigned_to(department: Text, data: Data) -> Text:
    return sentence("team", data, department=department)
