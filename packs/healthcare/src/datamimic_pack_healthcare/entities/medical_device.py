"""MedicalDevice: a hospital's equipment with its specifications, maintenance and use."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Lists,
    Maps,
    Service,
    Struct,
    Table,
    Text,
    check,
    entity,
    field,
    from_row,
    record,
    ref,
    serial,
)
from datamimic.columns import Bools, Dates, Ints, digits, join, number_text, where, year_month_day
from datamimic.errors import InvalidOption
from datamimic_pack_common.demographics import DemographicConfig
from datamimic_pack_healthcare.entities.hospital import Hospital

ATTEMPTS = 4
ANYWHERE = "Infusion Pump"
"""The device that every department has use for."""
DELIVERY_DAYS = 30
KEPT = 6
"""Maintenance records that are kept: the latest."""
LOG_DAYS = 28


@record
class Maintenance:
    """One visit of a technician."""

    date: date
    technician: str
    type: str
    parts_replaced: str
    cost: Decimal
    duration_hours: float
    result: str
    notes: str


@record
class Use:
    """One entry of the log."""

    date: date
    user: str
    duration_minutes: int
    purpose: str
    notes: str


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
    return clock.date - draw.integers(DELIVERY_DAYS + 5, life + life // 10).astype("timedelta64[D]")


def expiration_date(manufacture_date: Dates, device_row: Ints, data: Data) -> Dates:
    return manufacture_date + (data["devices"].ints("life_years")[device_row] * 365).astype("timedelta64[D]")


def serial_number(manufacture_date: Dates, serial: Text, device_row: Ints, data: Data) -> Text:
    year = digits(year_month_day(manufacture_date)[0], 4)
    return join(data["devices"]["model_prefix"].take(device_row), year, "-", serial)


def status(expiration_date: Dates, draw: Draw, data: Data, clock: Clock) -> Text:
    table: Table = data["device_statuses"]
    codes = draw.pick(table)
    values = (*table.columns["status"], "retired")
    return Text.coded(np.where(expiration_date <= clock.date, len(values) - 1, codes), values)


def services_so_far(
    manufacture_date: Dates, expiration_date: Dates, device_row: Ints, data: Data, clock: Clock
) -> Ints:
    """Maintenance visits since delivery, the acceptance test among them."""
    days = (np.minimum(expiration_date, clock.date) - manufacture_date).astype(np.int64) - DELIVERY_DAYS
    return days // data["devices"].ints("maintenance_days")[device_row] + 1


def _visit(manufacture_date: Dates, device_row: Ints, number: Ints, data: Data) -> Dates:
    days = DELIVERY_DAYS + number * data["devices"].ints("maintenance_days")[device_row]
    return manufacture_date + days.astype("timedelta64[D]")


def last_maintenance_date(manufacture_date: Dates, device_row: Ints, services_so_far: Ints, data: Data) -> Dates:
    return _visit(manufacture_date, device_row, services_so_far - 1, data)


def next_maintenance_date(
    manufacture_date: Dates, device_row: Ints, services_so_far: Ints, status: Text, data: Data
) -> Any:
    return np.ma.MaskedArray(_visit(manufacture_date, device_row, services_so_far, data), status == "retired")


def _word(kind: str, draw: Draw, data: Data) -> Text:
    table: Table = data["device_log_words"]
    rows = draw.pick(table.by("kind"), Text.constant(kind, len(draw.rows)), label=f"word {kind}")
    return table["word"].take(rows)


def _people(draw: Draw, data: Data, label: str) -> Text:
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
    manufacture_date: Dates, device_row: Ints, services_so_far: Ints, draw: Draw, data: Data
) -> Lists:
    """The latest visits, the oldest first; the first one ever is the acceptance test."""
    lengths = np.minimum(services_so_far, KEPT)
    row = np.repeat(np.arange(len(lengths)), lengths)
    number = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + (services_so_far - lengths)[row]
    items = draw.items(lengths)
    table: Table = data["devices"]
    visit = _visit(manufacture_date[row], device_row[row], number, data)
    kind, part = _word("maintenance", items, data), _word("part", items, data)
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
    result = _word("result", items, data)
    notes = join("visit ", number_text(number + 1))
    columns: dict[str, Any] = {
        "date": visit, "technician": _people(items, data, "technician"), "type": kind, "parts_replaced": part, "cost": cost,
        "duration_hours": hours, "result": result, "notes": notes,
    }  # fmt: skip
    return Lists(lengths, Struct(columns))


def usage_logs(manufacture_date: Dates, expiration_date: Dates, draw: Draw, data: Data, clock: Clock) -> Lists:
    """Two to five uses of the last four weeks before the clock (or before it was retired), the oldest first."""
    lengths = draw.integers(2, 5, "count")
    row = np.repeat(np.arange(len(lengths)), lengths)
    index = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    items = draw.items(lengths)
    until = np.minimum(expiration_date, clock.date)[row]
    days = np.maximum(((LOG_DAYS * (lengths[row] - index)) // (lengths[row] + 1)) - items.integers(0, 3, "day"), 0)
    when = np.maximum(until - days.astype("timedelta64[D]"), manufacture_date[row] + np.timedelta64(DELIVERY_DAYS, "D"))
    columns: dict[str, Any] = {
        "date": when, "user": _people(items, data, "user"), "duration_minutes": items.integers(1, 48, "minutes") * 5,
        "purpose": _word("use", items, data), "notes": Text.constant("", len(row)),
    }  # fmt: skip
    return Lists(lengths, Struct(columns))


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


@entity(
    "medical_device",
    tables=(
        "devices",
        "device_manufacturers",
        "device_statuses",
        "device_log_words",
        "device_service_prices",
        "department_services",
        "common.family_names",
    ),
)
class MedicalDevice:
    """A hospital's equipment with its specifications, maintenance and use."""

    device_id: str = field(serial("DEV-########"), key=True, doc="number of the device in this world")
    hospital: Hospital = field(ref(Hospital), doc="hospital that owns it")
    device_row: int = field(device_row, hidden=True, doc="row of the table of devices")
    device_type: str = field(from_row("devices", "device_type", row="device_row"), doc="kind of device")
    manufacturer: str = field(manufacturer, doc="manufacturer (an invented name)")
    model_number: str = field(model_number, doc="model")
    serial: str = field(serial("######"), hidden=True, doc="last digits of the serial number")
    serial_number: str = field(serial_number, doc="serial number; it names the year of manufacture")
    manufacture_date: date = field(manufacture_date, doc="day of manufacture")
    expiration_date: date = field(expiration_date, doc="end of the service life")
    services_so_far: int = field(services_so_far, hidden=True, doc="maintenance visits so far")
    last_maintenance_date: date = field(last_maintenance_date, doc="latest maintenance, or the acceptance test")
    status: str = field(status, doc="active, standby, in maintenance, out of service; retired after its service life")
    next_maintenance_date: date | None = field(next_maintenance_date, doc="next maintenance; null for a retired device")
    department: str = field(department, doc="department of the hospital that uses it")
    location: str = field(location, doc="where it stands")
    assigned_to: str = field(assigned_to, doc="who is responsible for it")
    specifications: dict[str, str] = field(specifications, doc="technical figures; some only this type has")
    maintenance_history: list[Maintenance] = field(
        maintenance_history, doc="latest maintenance visits, the oldest first"
    )
    usage_logs: list[Use] = field(usage_logs, doc="latest uses, the oldest first")


@check(MedicalDevice, "made before the acceptance test, and maintained by the clock")
def dates_in_order(
    manufacture_date: Dates, expiration_date: Dates, last_maintenance_date: Dates, clock: Clock
) -> Bools:
    holds: Bools = (manufacture_date < last_maintenance_date) & (last_maintenance_date <= clock.date)
    return holds & (expiration_date > manufacture_date)


@check(MedicalDevice, "the next maintenance comes after the last, and only the retired have none")
def next_after_last(last_maintenance_date: Dates, next_maintenance_date: Any, status: Text) -> Bools:
    missing = np.ma.getmaskarray(next_maintenance_date)
    later = np.ma.getdata(next_maintenance_date) > last_maintenance_date
    return (missing == (status == "retired")) & (missing | later)


@check(MedicalDevice, "a device is retired exactly when its service life is over")
def retired_after_life(expiration_date: Dates, status: Text, clock: Clock) -> Bools:
    return (expiration_date <= clock.date) == (status == "retired")


@check(MedicalDevice, "the serial number names the year of manufacture")
def serial_names_year(serial_number: Text, manufacture_date: Dates) -> Bools:
    year = digits(year_month_day(manufacture_date)[0], 4)
    return serial_number.slice(2, 6) == year


@check(MedicalDevice, "the newest maintenance record is the last maintenance")
def history_ends_with_last(maintenance_history: Lists, last_maintenance_date: Dates) -> Bools:
    dates: Any = maintenance_history.values.date
    ends = np.cumsum(maintenance_history.lengths) - 1
    filled = maintenance_history.lengths > 0
    return filled & (dates[np.where(filled, ends, 0)] == last_maintenance_date)


@check(MedicalDevice, "maintenance and use are listed in order of time, after manufacture")
def lists_in_order(maintenance_history: Lists, usage_logs: Lists, manufacture_date: Dates) -> Bools:
    holds = np.ones(len(maintenance_history), dtype=np.bool_)
    for lists in (maintenance_history, usage_logs):
        dates: Any = lists.values.date
        parents = lists.parents
        late = (
            np.concatenate(([True], (dates[1:] >= dates[:-1]) | (parents[1:] != parents[:-1])))
            if len(dates)
            else np.ones(0, np.bool_)
        )
        holds &= lists.all(late & (dates > manufacture_date[parents]))
    return holds


class MedicalDeviceService(Service[MedicalDevice]):
    """Devices of the world's hospitals; of devices no age or condition can be asked for."""

    entity = MedicalDevice

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        if demographic_config not in (None, DemographicConfig()):
            raise InvalidOption(
                "invalid_option",
                "demographic_config has no meaning for devices",
                hint="leave it out, or narrow the patients",
                path="$.demographic_config",
            )
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
