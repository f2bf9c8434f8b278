"""What a visit adds to the record, and what the record knew before it: findings, allergies, problems."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, positions, record
from datamimic.columns import Bools, Dates, Ints, digits, join, take
from datamimic_pack_healthcare.messages.views.moments import up_to
from datamimic_pack_healthcare.messages.views.visit import DIGITS

COPIED = ("test", "loinc", "value", "unit", "reference_low", "reference_high", "flag", "taken_at")
SPAN = 1 << 34
"""Seconds from 1700 to 2240."""
LONG_AGO = np.datetime64("1700-01-01", "s")


@record
class Finding:
    """A vital sign or laboratory value of a visit: its `place` among those of its kind, from 1, its `line` in a report of all,
    whose first is the reason, and its `group` among results: vital signs are the first. What was ordered has an order's
    number."""

    place: int
    group: int
    line: int
    order_number: str
    test: str
    loinc: str
    value: float
    unit: str
    reference_low: float
    reference_high: float
    flag: str
    taken_at: datetime


@record
class KnownAllergy:
    place: int
    allergy: str
    kind: str
    recorded: date


@record
class Problem:
    """A condition that the patient had at the visit, beside its reason: `place` is its place among the diagnoses, from 2."""

    place: int
    condition: str
    code: str
    onset: date


@record
class Findings:
    """What a visit adds to the record, and when laboratory tests were ordered: null where none were."""

    ordered: datetime | None
    vital_signs: list[Finding]
    laboratory: list[Finding]


@record
class Known:
    """What the record knew before the visit."""

    allergies: list[KnownAllergy]
    problems: list[Problem]


def findings(patient: Any, encounter_id: Text, start: Dates, over: Bools, now: Dates, data: Data, world: Any) -> Struct:
    """Of each visit by itself: the record of its patient is asked."""
    batch, at = _records(patient, world)
    return findings_of(batch.column("all_observations"), at, encounter_id, start, over, now, data)


def known(patient: Any, start: Dates, reason_code: Text, world: Any) -> Struct:
    """Of each visit by itself."""
    batch, at = _records(patient, world)
    return known_at(batch.column("all_allergies"), batch.column("all_conditions"), at, start, reason_code)


def _records(patient: Any, world: Any) -> tuple[Any, Ints]:
    batch, places = world.refer(world.spec("healthcare.medical_record").cls, patient.rows).located()
    return batch, np.arange(len(patient.rows)) if places is None else places


def findings_of(
    observations: Lists, at: Ints, encounter_id: Text, start: Dates, over: Bools, now: Dates, data: Data
) -> Struct:
    """Of visits to which the lists `at` these places belong."""
    vital_signs, laboratory = _observed(observations, at, encounter_id, start, over, data)
    # The record says that specimens were taken on arrival.
    ordered = up_to(now, start, over & (laboratory.lengths > 0))
    return Struct({"ordered": ordered, "vital_signs": vital_signs, "laboratory": laboratory})


def known_at(allergies: Lists, conditions: Lists, at: Ints, start: Dates, reason_code: Text) -> Struct:
    """Of visits to which the lists `at` these places belong."""
    day = start.astype("datetime64[D]")
    allergic: Any = allergies.take(at)
    recorded = allergic.only(allergic.values.recorded <= day[allergic.parents])
    ill: Any = conditions.take(at)
    items, own = ill.values, ill.parents
    lasting = np.ma.getmaskarray(items.abatement) | (np.ma.getdata(items.abatement) > day[own])
    present = ill.only((items.recorded <= day[own]) & lasting & (items.code != reason_code.take(own)))
    return Struct(
        {
            "allergies": _numbered(recorded, ("allergy", "kind", "recorded"), 1),
            "problems": _numbered(present, ("condition", "code", "onset"), 2),
        }
    )


def _observed(
    observations: Lists, at: Ints, encounter_id: Text, start: Dates, over: Bools, data: Data
) -> tuple[Lists, Lists]:
    """Vital signs and laboratory values: what was taken at the beginning of the visit."""
    items: Any = observations.values
    taken = observations.parents * SPAN + _seconds(items.taken_at)
    wanted = at * SPAN + _seconds(start)
    first, behind = np.searchsorted(taken, wanted, side="left"), np.searchsorted(taken, wanted, side="right")
    lengths = np.where(over, behind - first, 0)
    line = positions(lengths)
    own = np.repeat(np.arange(len(lengths)), lengths)
    found = take(items, first[own] + line)
    vital = found.loinc.isin(_vital_signs(data))
    order = join(encounter_id.map(_number).take(own), digits(line + 1, 2))
    whole = Lists(
        lengths, Struct({"line": line + 2, "order_number": order, **{name: getattr(found, name) for name in COPIED}})
    )
    names = ("line", "order_number", *COPIED)
    signs, laboratory = _numbered(whole.only(vital), names, 1), _numbered(whole.only(~vital), names, 1)
    signs.values.columns["group"] = np.ones(len(signs.values), dtype=np.int64)
    laboratory.values.columns["group"] = laboratory.values.place + 1
    return signs, laboratory


def _numbered(lists: Lists, names: tuple[str, ...], first: int) -> Lists:
    items: Any = lists.values
    columns = {"place": positions(lists.lengths) + first, **{name: getattr(items, name) for name in names}}
    return Lists(lists.lengths, Struct(columns))


def _seconds(moments: Dates) -> Ints:
    return (moments.astype("datetime64[s]") - LONG_AGO).astype(np.int64)


def _number(encounter_id: str) -> str:
    return encounter_id[-DIGITS:]


def _vital_signs(data: Data) -> set[str]:
    """The codes of the tests that everybody has: those of no condition."""
    panels, tests = data["test_panels"], data["laboratory_tests"]
    everybody = {
        test
        for condition, test in zip(panels.columns["condition"], panels.columns["test"], strict=True)
        if not condition
    }
    return {
        loinc for test, loinc in zip(tests.columns["test"], tests.columns["loinc"], strict=True) if test in everybody
    }
