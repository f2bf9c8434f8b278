"""A patient's whole record as messages tell of it: every visit, and the vaccinations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, positions, record
from datamimic.columns import Dates, digits, join, select
from datamimic_pack_healthcare.messages.views.findings import Findings, Known, findings_of, known_at
from datamimic_pack_healthcare.messages.views.moments import Moments
from datamimic_pack_healthcare.messages.views.visit import ACCEPTED, Visit, country
from datamimic_pack_healthcare.visits.choice import WINDOW_DAYS

NOON = np.timedelta64(12, "h")
HISTORICAL, NEW = "01", "00"
"""From where it is known that a vaccine was given: written down later, or given now (table NIP001)."""


@record
class VisitTold:
    """A visit, what was known before and found in it, and when it is told."""

    visit: Visit
    known: Known
    findings: Findings
    moments: Moments


@record
class Dose:
    """A dose of a vaccine: its number, and whether it is the new one (00) or one that was known (01)."""

    order_number: str
    cvx: str
    vaccine: str
    given_on: date
    source: str
    source_name: str


@record
class VaccinationReport:
    """All doses up to the last one, and when they are reported."""

    number: str
    country: str
    hospital_id: str
    reported: datetime
    acknowledgement: str
    doses: list[Dose]


def visits_told(
    patient: Any,
    all_observations: Lists,
    all_allergies: Lists,
    all_conditions: Lists,
    now: Dates,
    data: Data,
    world: Any,
) -> Lists:
    """Of every patient all visits; nothing is told that lies behind `now`."""
    encounters = patient.children(world.spec("healthcare.encounter").cls)
    at = np.repeat(np.arange(len(encounters.counts)), encounters.counts)
    number, start, over, code = (encounters.column(name) for name in ("encounter_id", "start", "over", "reason_code"))
    findings = findings_of(all_observations, at, number, start, over, now[at], data)
    known = known_at(all_allergies, all_conditions, at, start, code)
    told: Any = encounters.column("moments")
    moments = {name: _until(column, now[at]) for name, column in told.columns.items()}
    return Lists(
        encounters.counts,
        Struct({"visit": encounters.column("visit"), "known": known, "findings": findings, "moments": Struct(moments)}),
    )


def vaccination_reports(record_id: Text, hospital: Any, immunizations: Lists, now: Dates, data: Data) -> Lists:
    """One, where there was a dose: at noon of the last one, or when the hospital began to report, three years ago."""
    items: Any = immunizations.values
    some = np.flatnonzero(immunizations.lengths > 0)
    given: Any = items.date.astype("datetime64[us]") + NOON
    last = np.maximum.reduceat(given, immunizations.offsets[:-1][some]) if len(some) else given[:0]
    began = (now[some] - np.timedelta64(WINDOW_DAYS, "D")).astype("datetime64[D]").astype("datetime64[us]") + NOON
    reported: Dates = np.maximum(last, began)
    kept = reported <= now[some]
    some, reported = some[kept], reported[kept]
    own = immunizations.take(some)
    doses: Any = own.values
    number = record_id.map(lambda text: text[-8:])
    order = join(number.take(some[own.parents]), "V", digits(positions(own.lengths) + 1, 2))
    new = doses.date == reported.astype("datetime64[D]")[own.parents]
    columns: dict[str, Any] = {
        "order_number": order, "cvx": doses.cvx, "vaccine": doses.vaccine, "given_on": doses.date,
        "source": select(new.astype(np.int64), (HISTORICAL, NEW)),
        "source_name": select(new.astype(np.int64), ("Historical information - source unspecified", "New immunization record")),
    }  # fmt: skip
    report = Struct(
        {
            "number": number.take(some), "country": country(len(some), data), "hospital_id": hospital.hospital_id.take(some),
            "reported": reported, "acknowledgement": Text.constant(ACCEPTED, len(some)),
            "doses": Lists(own.lengths, Struct(columns)),
        }
    )  # fmt: skip
    there = np.zeros(len(immunizations), dtype=np.int64)
    there[some] = 1
    return Lists(there, report)


def vaccinated(vaccination_reports: Lists) -> Any:
    return vaccination_reports.lengths > 0


def _until(moments: Any, now: Dates) -> Any:
    behind = np.ma.getmaskarray(moments) | (np.ma.getdata(moments) > now)
    return np.ma.MaskedArray(np.ma.getdata(moments), behind)
