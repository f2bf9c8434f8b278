"""How the entries of a record agree with each other: checks of values, procedures and doses."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Lists
from datamimic.columns import Bools, Dates


def values_fit_each_other(observations: Lists) -> Bools:
    items: Any = observations.values
    moments = items.taken_at.astype(np.int64)
    visit = np.concatenate(([0], np.cumsum((np.diff(moments) != 0) | (np.diff(observations.parents) != 0))))[
        : len(moments)
    ]
    value = {}
    for code in ("8480-6", "8462-4", "2093-3", "2085-9", "2571-8", "13457-7"):
        column = np.full(len(moments), np.nan)
        flags = items.loinc == code
        column[visit[flags]] = items.value[flags]
        value[code] = column
    pressure = np.isnan(value["8480-6"]) | (value["8480-6"] > value["8462-4"] + 10)
    rest = value["2093-3"] - value["2085-9"] - value["2571-8"] / 5
    fits = pressure & (np.isnan(value["13457-7"]) | (np.abs(value["13457-7"] - rest) <= 0.51))
    return observations.all(fits[visit])


def procedures_during_encounters(encounters: Lists, procedures: Lists) -> Bools:
    visits: Any = encounters.values
    done: Any = procedures.values
    known = {
        (visit, day, reason)
        for visit, day, reason in zip(
            visits.encounter_id.tolist(),
            visits.start.astype("datetime64[D]").tolist(),
            visits.reason.tolist(),
            strict=True,
        )
    }
    items = zip(
        done.encounter_id.tolist(), done.date.astype("datetime64[D]").tolist(), done.condition.tolist(), strict=True
    )
    return procedures.all(np.array([item in known for item in items], dtype=np.bool_))


def doses_in_order(immunizations: Lists, now: Dates) -> Bools:
    items: Any = immunizations.values
    parents = immunizations.parents
    fits = items.date <= now[parents]
    if len(parents):
        same = (parents[1:] == parents[:-1]) & (items.vaccine[1:] == items.vaccine[:-1])
        follows = (items.dose[1:] == items.dose[:-1] + 1) & (
            items.date[1:] >= items.date[:-1] + np.timedelta64(21, "D")
        )
        fits &= np.concatenate(([True], np.where(same, follows, True)))
        fits &= np.concatenate(([True], same)) | (items.dose == 1)
    return immunizations.all(fits)
