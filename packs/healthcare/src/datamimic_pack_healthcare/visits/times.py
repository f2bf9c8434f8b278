"""When visits begin and end, by the clocks of the hospital's place, and how they went."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Table, Text, to_local, to_utc
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_healthcare.visits import choice, window
from datamimic_pack_healthcare.visits.choice import EncounterOptions, period
from datamimic_pack_healthcare.visits.opening import practices_of

PLANNED_STAYS = 0.4
"""Share of stays that were planned; the others come through the emergency department."""
FARTHEST = 11
"""Days that an appointment may lie away from when it was sought, at most, where some day of these is open."""
FORWARD = 4 * choice.DAY
"""Nothing of the slot before lies in its last days, not even what was put off."""
APART = 6 * choice.DAY
"""The end of a slot that is kept free, so that an appointment of the next one can be put forward."""
BY_THE_CURVE = 5 * choice.DAY
"""In shorter slots, those of newborns, things happen when they happen."""
OUTCOMES = ("finished", "cancelled", "no-show")


def place(hospital: Any) -> Ints:
    """Where it happens: a row of `common.places`."""
    found: Ints = hospital.place
    return found


def ahead(place: Ints, data: Data, clock: Clock) -> Ints:
    """What the clocks of the place are ahead of UTC at the world's clock, in microseconds."""
    codes, zones = data["common.places"]["time_zone"].coding()
    shown = to_local(np.full(len(zones.values), clock.instant), Text.of([*zones.values])) - clock.instant
    return shown.astype(np.int64)[codes[place]]


def planned(class_code: Ints, ends_in_death: Bools, draw: Draw, options: EncounterOptions) -> Bools:
    """Has it an appointment? All ambulatory encounters, some stays, none that ends in death; all of which one is asked for."""
    if options.outcome:
        return np.ones(len(class_code), dtype=np.bool_)
    stay = (class_code == window.INPATIENT) & draw.chance(PLANNED_STAYS) & ~ends_in_death
    return (class_code == window.AMBULATORY) | stay


def outcome(class_code: Ints, planned: Bools, draw: Draw, data: Data, options: EncounterOptions) -> Ints:
    """Position in OUTCOMES: appointments may be cancelled, or missed by the patient."""
    if options.outcome:
        return np.full(len(class_code), OUTCOMES.index(options.outcome))
    table: Table = data["appointments"]
    codes = np.array([OUTCOMES.index(name) for name in table.columns["outcome"]], dtype=np.int64)
    picked = codes[draw.pick(table.by("encounter_class"), Text.coded(class_code, window.CLASSES))]
    return np.where(planned, picked, 0)


def local_start(
    doctor: Any, place: Ints, ahead: Ints, class_code: Ints, planned: Bools, ends_in_death: Bools, rough_start: Ints,
    opens: Ints, slot: Ints, free_from: Ints, free_until: Ints, draw: Draw, data: Data, clock: Clock,
    options: EncounterOptions,
) -> Ints:  # fmt: skip
    """What the clocks of the place show, in microseconds: appointments within the doctor's office hours (planned stays within
    those of admission), on no holiday; emergencies by the curve of the emergency department over the day."""
    now = period(options, clock)[1] + ahead
    start = rough_start + ahead
    urgent = np.flatnonzero(~planned)
    start[urgent] = _arrival(
        start[urgent], slot[urgent], (free_from + ahead)[urgent], (free_until + ahead)[urgent], ends_in_death[urgent],
        draw.take(urgent), data,
    )  # fmt: skip
    rows = np.flatnonzero(planned)
    practices, picks = practices_of(data), draw.take(rows)
    week = np.where(class_code == window.INPATIENT, practices.admissions, doctor.office_week)[rows]
    state, today, day = practices.state_of[place[rows]], now[rows] // choice.DAY, start[rows] // choice.DAY
    # What begins with the last days of the period may be put forward where these are no days of work.
    earliest = np.maximum(free_from - FORWARD, opens)
    first, last = -(-(earliest + ahead)[rows] // choice.DAY), (free_until + ahead)[rows] // choice.DAY - 1
    least, most = np.maximum(first, day - FARTHEST), np.minimum(np.minimum(last, today), day + FARTHEST)
    found = practices.near(picks, day, week, state, least, most)
    chance = picks.uniform("appointment")
    begins = found * choice.DAY + practices.times(chance, found, week) * window.MINUTE
    late = np.flatnonzero(begins > now[rows])
    if len(late):
        before = practices.last_open(today[late] - 1, week[late], state[late])
        begins[late] = before * choice.DAY + practices.times(chance[late], before, week[late]) * window.MINUTE
    start[rows] = begins
    return np.minimum(start, now)


def local_end(
    patient: Any, doctor: Any, class_code: Ints, ahead: Ints, ends_in_death: Bools, local_start: Ints, free_until: Ints,
    last_stay: Ints,    draw: Draw, data: Data,
) -> Ints:  # fmt: skip
    """A visit of 10 to 60 minutes before the office closes, an emergency of half an hour to half a day, a stay of some nights
    that ends in the daytime; before the next encounter of the patient. A stay may last beyond the clock."""
    # Nothing but the stay that ends in death lies behind the beginning of that stay, or the day of death.
    dies = np.where(ends_in_death, free_until, patient.death_day.astype("datetime64[us]").astype(np.int64) - last_stay)
    last = np.minimum(free_until, dies) + ahead
    day = local_start // choice.DAY
    minute = (local_start - day * choice.DAY) // window.MINUTE
    chance = draw.uniform("length")
    closes = practices_of(data).closes(day, doctor.office_week, minute)
    visit = np.minimum((2 + (10 * chance)).astype(np.int64) * 5, closes - minute)
    urgent = (30 + 130 * chance + 560 * chance * chance * chance * chance).astype(np.int64)
    length = np.where(class_code == window.AMBULATORY, visit, urgent) * window.MINUTE
    end = local_start + np.minimum(length, np.maximum((last - local_start) // 2, window.MINUTE))
    stays = np.flatnonzero(class_code == window.INPATIENT)
    if len(stays):
        hour = draw.take(stays).uniform("hour")
        nights = np.rint(data["stay_nights"].quantiles("share", "nights").at(chance[stays])).astype(np.int64)
        until = np.minimum(day[stays] + nights, (last[stays] - APART) // choice.DAY)
        leaves = until * choice.DAY + (9 * 60 + (9 * 60 * hour).astype(np.int64)) * window.MINUTE
        end[stays] = np.where(
            until > day[stays],
            leaves,
            local_start[stays] + np.clip((last - local_start)[stays] // 2, window.MINUTE, 5 * window.HOUR),
        )
        dead = np.flatnonzero(ends_in_death[stays])
        midnight = patient.death_day[stays[dead]].astype("datetime64[us]").astype(np.int64)
        end[stays[dead]] = midnight + (hour[dead] * 1440).astype(np.int64) * window.MINUTE
    return end // window.MINUTE * window.MINUTE


def start(local_start: Ints, place: Ints, data: Data, clock: Clock) -> Dates:
    return np.minimum(_moments(local_start, place, data), clock.instant)


def end(local_start: Ints, local_end: Ints, start: Dates, outcome: Ints, place: Ints, data: Data) -> Any:
    """Null for what did not take place."""
    # Within hours of its beginning the clocks are hardly ever put forward.
    moments = start + (local_end - local_start).astype("timedelta64[us]")
    stays = np.flatnonzero(local_end - local_start >= 12 * window.HOUR)
    moments[stays] = _moments(local_end[stays], place[stays], data)
    return np.ma.MaskedArray(np.maximum(moments, start + np.timedelta64(1, "m")), outcome > 0)


def _moments(local: Ints, place: Ints, data: Data) -> Dates:
    zones: Text = data["common.places"]["time_zone"]
    return to_utc(local.astype("datetime64[us]"), zones.take(place))


def _arrival(rough: Ints, slot: Ints, first: Ints, last: Ints, ends_in_death: Bools, draw: Draw, data: Data) -> Ints:
    """Of those who come without an appointment: the day is given, the hour is that of the emergency department's curve."""
    table: Table = data["emergency_hours"]
    minute = table.ints("hour")[draw.pick(table, label="hour of arrival")] * 60
    minute += (draw.uniform("minute of arrival") * 60).astype(np.int64)
    start = rough // choice.DAY * choice.DAY + minute * window.MINUTE
    dying = np.flatnonzero(ends_in_death)
    chance = draw.take(dying).uniform("days before death")
    start[dying] = first[dying] + ((1 - chance * chance) * (last - choice.DAY - first)[dying]).astype(np.int64)
    fits = ends_in_death | ((start >= first) & (start < last) & (slot >= BY_THE_CURVE))
    return np.where(fits, start, rough) // window.MINUTE * window.MINUTE
