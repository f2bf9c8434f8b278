"""Procedures that the reasons of some encounters asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Struct, Table
from datamimic.columns import Ints, take
from datamimic_pack_healthcare.records import history
from datamimic_pack_healthcare.wording import condition_named, named

PERFORMED = 0.35


def performed(patient: Any, draw: Draw, data: Data) -> Lists:
    """Visits (their places among the patient's) and rows of the table `procedures`: what the reasons of some encounters asked
    for; big operations only during stays, and each only once."""
    table: Table = data["procedures"]
    visits = history.visits_of(patient)
    row = np.repeat(np.arange(len(visits.counts)), visits.counts)
    condition = visits.column("condition_row")
    names = data["conditions"].columns["condition"]
    by_condition: list[list[int]] = [[] for _ in names]
    for number, name in enumerate(table.columns["condition"]):
        # A present pregnancy has not ended, and no womb is taken out beside it.
        if name and "Delivery" not in table.columns["procedure"][number]:
            by_condition[names.index(name)].append(number)
    longest = max(map(len, by_condition))
    grid = np.array([[*places, *([-1] * (longest - len(places)))] for places in by_condition])
    sizes = np.array([len(places) for places in by_condition])
    items = Draw(draw.address.labelled("visit"), visits.rows)
    at = np.maximum(condition, 0)
    chosen = np.where(condition >= 0, grid[at, (items.uniform("which") * sizes[at]).astype(np.int64)], -1)
    place = np.maximum(chosen, 0)
    age, code = visits.column("age_then"), visits.column("class_code")
    sex = patient.sex.take(row)
    minutes = (np.ma.getdata(visits.column("end")) - visits.column("start")).astype("timedelta64[m]").astype(np.int64)
    pregnant = ((patient.condition_bits >> names.index("Pregnancy")) & 1).astype(np.bool_)[row]
    womb = table["procedure"].take(place) == "Hysterectomy"
    fits = (
        (chosen >= 0) & visits.column("over") & items.chance(PERFORMED, "performed")
        & (age >= table.ints("min_age")[place]) & (age <= table.ints("max_age")[place])
        & ((table["sex"].take(place) == "any") | (table["sex"].take(place) == sex))
        & (table.ints("minutes_low")[place] <= minutes)
        & ((table["category"].take(place) != "Surgical") | (code == 2)) & ~(womb & pregnant)
    )  # fmt: skip
    kept = np.flatnonzero(fits)
    surgical = table["category"].take(place[kept]) == "Surgical"
    key = np.where(surgical, row[kept] * 256 + place[kept], -1 - np.arange(len(kept)))
    kept = kept[np.sort(np.unique(key, return_index=True)[1])]
    done = {"visit": (kept - (np.cumsum(visits.counts) - visits.counts)[row[kept]]), "procedure": place[kept]}
    return Lists(np.bincount(row[kept], minlength=len(visits.counts)), Struct(done))


def procedures(patient: Any, done: Lists, data: Data) -> Lists:
    table: Table = data["procedures"]
    visits = history.visits_of(patient)
    items: Any = done.values
    at, place = among_all(visits, done), items.procedure
    columns: dict[str, Any] = {
        "procedure": named("procedure", table["procedure"], data).take(place),
        "procedure_en": table["procedure"].take(place), "procedure_code": table["procedure_code"].take(place),
        "condition": condition_named(table["condition"], data).take(place),
        "condition_en": table["condition"].take(place), "date": visits.column("start")[at].astype("datetime64[D]"),
        "encounter_id": take(visits.column("encounter_id"), at),
    }  # fmt: skip
    return Lists(done.lengths, Struct(columns))


def procedure_moments(patient: Any, done: Lists) -> Lists:
    """The end of the visit stands for the moment at which the procedure is written down."""
    visits = history.visits_of(patient)
    ends = np.ma.getdata(visits.column("end"))
    return Lists(done.lengths, ends[among_all(visits, done)])


def among_all(visits: Any, done: Lists) -> Ints:
    items: Any = done.values
    first = np.cumsum(visits.counts) - visits.counts
    places: Ints = first[done.parents] + items.visit
    return places
