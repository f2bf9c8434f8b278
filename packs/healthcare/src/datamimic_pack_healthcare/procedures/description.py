"""Names of procedures in the language of the country, and what there is to say of one in a line."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Data, Table, Text
from datamimic.columns import Bools, Ints, join
from datamimic_pack_healthcare.wording import SENTENCES, TERMS, condition_named, conditions_of, named, pattern, words_of

SIDES = ("", "left", "right")
STEP = 5
"""Minutes that durations are multiples of."""


@frozen(eq=False)
class Lines:
    """The three parts of a description: what is done (per procedure and side), how long it takes (per STEP minutes, without and
    with anesthesia), how long it takes to recover (per day)."""

    heads: tuple[str, ...]
    efforts: tuple[str, ...]
    recoveries: tuple[str, ...]


@lru_cache(maxsize=32)
def lines_of(procedures: Table, terms: Table, conditions: Table, sentences: Table, english: bool) -> Lines:
    """Read once per country and language."""
    names, specialties, called = words_of(terms, "procedure"), words_of(terms, "specialty"), conditions_of(conditions)
    heads = []
    columns = ("procedure", "category", "specialty", "condition")
    for name, category, specialty, condition in zip(*(procedures.columns[column] for column in columns), strict=True):
        kind = pattern(sentences, f"kind {category[0]}", english)
        parts = [kind.format(specialty=specialty if english else specialties(specialty))]
        if condition:
            reason = condition if english else called(condition)
            parts.append(pattern(sentences, "indication", english).format(condition=reason))
        for side in SIDES:
            half = f", {pattern(sentences, f'side {side}', english)}" if side else ""
            heads.append("; ".join([(name if english else names(name)) + half, *parts, ""]))
    steps = int(max(procedures.ints("minutes_high").max(), procedures.ints("minutes_low").max())) // STEP + 2
    awake, asleep = pattern(sentences, "awake", english), pattern(sentences, "asleep", english)
    efforts = [form.format(minutes=STEP * step) for step in range(steps) for form in (awake, asleep)]
    days = range(2, int(procedures.ints("recovery_high").max()) + 1)
    recoveries = ["", f"; {pattern(sentences, 'one day', english)}"]
    recoveries += [f"; {pattern(sentences, 'days', english).format(days=day)}" for day in days]
    return Lines(tuple(heads), tuple(efforts), tuple(recoveries))


# -- rules ----------------------------------------------------------------------------------------------------------


def name(name_en: Text, data: Data) -> Text:
    return named("procedure", name_en, data)


def specialty(specialty_en: Text, data: Data) -> Text:
    return named("specialty", specialty_en, data)


def condition(condition_en: Text, data: Data) -> Text:
    return condition_named(condition_en, data)


def description(
    procedure_row: Ints, side: Text, duration_minutes: Ints, requires_anesthesia: Bools, recovery_time_days: Ints, data: Data
) -> Text:  # fmt: skip
    return _line(procedure_row, side, duration_minutes, requires_anesthesia, recovery_time_days, data, english=False)


def description_en(
    procedure_row: Ints, side: Text, duration_minutes: Ints, requires_anesthesia: Bools, recovery_time_days: Ints, data: Data
) -> Text:  # fmt: skip
    return _line(procedure_row, side, duration_minutes, requires_anesthesia, recovery_time_days, data, english=True)


def _line(row: Ints, side: Text, minutes: Ints, asleep: Bools, days: Ints, data: Data, *, english: bool) -> Text:
    lines = lines_of(data["procedures"], data[TERMS], data["condition_names"], data[SENTENCES], english)
    half = np.where(side == "left", 1, 0) + np.where(side == "right", 2, 0)
    return join(
        Text.coded(row * len(SIDES) + half, lines.heads),
        Text.coded(minutes // STEP * 2 + asleep, lines.efforts),
        Text.coded(days, lines.recoveries),
    )
