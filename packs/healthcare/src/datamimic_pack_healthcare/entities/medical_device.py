"""MedicalDevice: a hospital's equipment with its specifications, maintenance and use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import (
    Entity,
    Lists,
    Service,
    Text,
    check,
    entity,
    field,
    from_row,
    record,
    ref,
    serial,
)
from datamimic.columns import Bools, Dates, digits, year_month_day
from datamimic_pack_healthcare.devices import equipment, upkeep
from datamimic_pack_healthcare.entities.hospital import Hospital


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


@entity(
    "medical_device",
    options=equipment.DeviceOptions,
    happens="delivered_on",
    tables=(
        "devices",
        "hospital_sites",
        "common.places",
        "device_manufacturers",
        "device_statuses",
        "device_log_words",
        "device_service_prices",
        "department_services",
        "clinical_terms",
        "clinical_sentences",
        "common.family_names",
    ),
)
class MedicalDevice(Entity):
    """A hospital's equipment with its specifications, maintenance and use."""

    # where it stands
    device_id: str = field(
        serial("DEV-{country}-########", grows=True), key=True, doc="number of the device in this world"
    )
    hospital: Hospital = field(ref(Hospital, by=equipment.owner), doc="hospital that owns it")

    # what it is
    device_row: int = field(equipment.device_row, internal=True, doc="row of the table of devices")
    device_type_en: str = field(
        from_row("devices", "device_type", row="device_row"), hidden=True, doc="kind of device, in English"
    )
    device_type: str = field(equipment.device_type, doc="kind of device")
    manufacturer: str = field(equipment.manufacturer, doc="manufacturer (an invented name)")
    model_number: str = field(equipment.model_number, doc="model")
    serial: str = field(serial("######"), internal=True, doc="last digits of the serial number")
    serial_number: str = field(equipment.serial_number, doc="serial number; it names the year of manufacture")

    # life
    manufacture_date: date = field(equipment.manufacture_date, doc="day of manufacture")
    expiration_date: date = field(equipment.expiration_date, doc="end of the service life")
    delivered_on: date = field(upkeep.delivered_on, internal=True, doc="day of the acceptance test")
    service_days: list[date] = field(upkeep.service_days, internal=True, doc="days of all maintenance up to the clock")
    services_so_far: int = field(
        upkeep.services_so_far, changes="service_days", internal=True, doc="maintenance visits so far"
    )
    last_maintenance_date: date = field(upkeep.last_maintenance_date, doc="latest maintenance, or the acceptance test")
    status: str = field(
        equipment.status, doc="active, standby, in maintenance, out of service; retired after its service life"
    )
    next_maintenance_date: date | None = field(
        upkeep.next_maintenance_date, doc="when the next maintenance falls due, or fell due; null for a retired device"
    )

    # who uses it
    department_en: str = field(equipment.department_en, hidden=True, doc="that department, in English")
    department: str = field(equipment.department, doc="department of the hospital that uses it")
    location: str = field(equipment.location, doc="where it stands")
    assigned_to: str = field(equipment.assigned_to, doc="who is responsible for it")

    # figures and logs
    specifications: dict[str, str] = field(equipment.specifications, doc="technical figures; some only this type has")
    maintenance_history: list[Maintenance] = field(
        upkeep.maintenance_history, doc="latest maintenance visits, the oldest first"
    )
    logged: list[Use] = field(
        equipment.logged, stream="usage_logs", internal=True, doc="latest uses at the clock, the oldest first"
    )
    used_on: list[date] = field(lambda logged: Lists(logged.lengths, logged.values.date), internal=True)
    usage_logs: list[Use] = field(equipment.usage_logs, doc="latest uses, the oldest first")


@check(MedicalDevice, "made before the acceptance test, and maintained by the clock")
def dates_in_order(manufacture_date: Dates, expiration_date: Dates, last_maintenance_date: Dates, now: Dates) -> Bools:
    holds: Bools = (manufacture_date < last_maintenance_date) & (last_maintenance_date <= now)
    return holds & (expiration_date > manufacture_date)


@check(MedicalDevice, "the next maintenance comes after the last, and only the retired have none")
def next_after_last(last_maintenance_date: Dates, next_maintenance_date: Any, status: Text) -> Bools:
    missing = np.ma.getmaskarray(next_maintenance_date)
    later = np.ma.getdata(next_maintenance_date) > last_maintenance_date
    return (missing == (status == "retired")) & (missing | later)


@check(MedicalDevice, "a device is retired exactly when its service life is over")
def retired_after_life(expiration_date: Dates, status: Text, now: Dates) -> Bools:
    return (expiration_date <= now) == (status == "retired")


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
