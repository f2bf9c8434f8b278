"""What must hold of a visit's reason and hours, and of when it is told, in any file."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Table, Text, to_local
from datamimic.columns import Bools, Dates
from datamimic_pack_healthcare.visits import choice, window
from datamimic_pack_healthcare.visits.opening import STEP, practices_of
from datamimic_pack_healthcare.wording import condition_named, english_of, named


def told_at_its_moment(
    moments: Any, findings: Any, told_admitted: Bools, told_registered: Bools, told_moved: Bools, told_withdrawn: Bools,
    told_missed: Bools, told_called_off: Bools, told_ordered: Bools, told_resulted: Bools, told_left: Bools,
) -> Bools:  # fmt: skip
    pairs = (
        (moments.admitted, told_admitted), (moments.registered, told_registered), (moments.moved, told_moved),
        (moments.withdrawn, told_withdrawn), (moments.missed, told_missed), (moments.called_off, told_called_off),
        (findings.ordered, told_ordered), (moments.resulted, told_resulted), (moments.left, told_left),
    )  # fmt: skip
    holds: Bools = np.logical_and.reduce([~np.ma.getmaskarray(moment) == told for moment, told in pairs])
    return holds


def ends_after_start(booked_at: Any, start: Any, end: Any, status: Text, now: Dates) -> Bools:
    missing, moment = np.ma.getmaskarray(end), np.ma.getdata(end)
    booked = (booked_at <= now) & (booked_at <= start) & ((status != "planned") | (start > now))
    return booked & ((start <= now) | missing) & (missing | ((moment > start) & (moment <= now)))


def cancelled_between(booked_at: Any, cancelled_at: Any, start: Any, status: Text) -> Bools:
    missing, moment = np.ma.getmaskarray(cancelled_at), np.ma.getdata(cancelled_at)
    return (missing == (status != "cancelled")) & (missing | ((moment >= booked_at) & (moment <= start)))


def within_office_hours(encounter_class: Text, start: Any, end: Any, doctor: Any, hospital: Any, data: Data) -> Bools:
    practices, place = practices_of(data), hospital.place
    zones = data["common.places"]["time_zone"].take(place)
    local, week = to_local(start, zones).astype(np.int64), doctor.office_week
    day, minute = local // choice.DAY, local % choice.DAY // window.MINUTE
    lasts = (np.ma.getdata(end) - start).astype("timedelta64[m]").astype(np.int64)
    closes = practices.until[week, (day + 3) % 7, minute // STEP]
    fits = practices.is_open(day, week, practices.state_of[place]) & (closes > minute)
    return (encounter_class != "AMB") | (fits & (np.ma.getmaskarray(end) | (minute + lasts <= closes)))


def department_of_specialty(specialty: Text, department: Text, data: Data) -> Bools:
    table: Table = data["specialties"]
    row = table.lookup("specialty", english_of("specialty", specialty, data))
    own = table["department"].take(np.maximum(row, 0))
    return (row >= 0) & (own == english_of("department", department, data))


def code_of_reason(reason: Text, reason_code: Text, data: Data) -> Bools:
    codes: Table = data["condition_codes"]
    routine: Table = data["routine_reasons"]
    variants: Table = data["condition_code_variants"]
    known: set[tuple[str | None, str | None]] = set()
    for table in (codes, variants):
        known |= {*zip(condition_named(table["condition"], data).tolist(), table.columns["code"], strict=True)}
    known |= {*zip(named("reason", routine["reason"], data).tolist(), routine.columns["code"], strict=True)}
    pairs = zip(reason.tolist(), reason_code.tolist(), strict=True)
    return np.array([pair in known for pair in pairs], dtype=np.bool_)
