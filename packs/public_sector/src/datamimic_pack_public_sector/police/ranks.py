"""The rank that an officer has reached, and its pay: both fit the years of service, the education and what the person earns."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Floats, Ints

STEPS = 20
"""Years from the first to the last step of a rank."""
BY_RANK = 0.7
"""Of the order of officers by rank, the part that the order of people alike by what they earn decides (estimate)."""

FEWER_WOMEN_ABOVE = 1.6
"""The power of a woman's place in the order of officers alike, so that fewer hold the higher ranks (estimate): of American
officers 13.5 in a hundred are women, of chiefs 3 (Bureau of Justice Statistics, Local Police Departments, 2020)."""


@frozen(eq=False)
class Chances:
    """Of each group of `police_rank_shares`: its ranks from the lowest pay to the highest (rows of `police_ranks`, -1 for
    none), how many officers have them, and the number of their service class."""

    ranks: Ints
    shares: Floats
    classes: Ints


@lru_cache(maxsize=16)
def _chances(shares: Table, ranks: Table, classes: tuple[str, ...]) -> Chances:
    grouped = shares.by("family", "size_from", "years_from")
    number = {key: row for row, key in enumerate(zip(ranks.columns["family"], ranks.columns["rank_code"], strict=True))}
    pay, order = ranks.ints("pay_from"), ranks.ints("rank_order")
    most = max(map(len, grouped.members))
    found = np.full((len(grouped), most), -1, dtype=np.int64)
    weights = np.zeros((len(grouped), most))
    for group, members in enumerate(grouped.members):
        rows = {number[shares.columns["family"][m], shares.columns["rank_code"][m]]: shares.weights[m] for m in members}
        ordered = sorted(rows, key=lambda row: (pay[row], order[row]))
        found[group, : len(ordered)] = ordered
        weights[group, : len(ordered)] = [rows[row] for row in ordered]
    class_of = np.array([classes.index(name) for name in ranks.columns["service_class"]], dtype=np.int64)
    return Chances(found, weights, np.where(found >= 0, class_of[np.maximum(found, 0)], 0))


@lru_cache(maxsize=16)
def _educated(table: Table) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...], Floats]:
    """Service classes, first ages of bands and levels of education, and how many officers of a class and age have a level."""
    classes = tuple(sorted(set(table.columns["service_class"])))
    ages = tuple(sorted({*table.ints("age_from").tolist()}))
    levels = tuple(sorted(set(table.columns["education"])))
    found = np.zeros((len(classes), len(ages), len(levels)))
    columns = zip(
        table.columns["service_class"],
        table.ints("age_from").tolist(),
        table.columns["education"],
        table.weights,
        strict=True,
    )
    for name, age, level, weight in columns:
        found[classes.index(name), ages.index(age), levels.index(level)] += weight
    sums = found.sum(axis=2, keepdims=True)
    return classes, ages, levels, found / np.where(sums > 0, sums, 1.0)


def rank_row(
    department: Any,
    years_of_service: Ints,
    age: Ints,
    education: Text,
    sex: Text,
    pay_rank: Floats,
    draw: Draw,
    data: Data,
) -> Ints:
    """A rank that the years suffice for: by the size of the department and the education, a higher one for those who earn
    more than others alike, and for fewer women than men."""
    ranks, shares = data["police_ranks"], data["police_rank_shares"]
    classes, ages, levels, educated = _educated(data["police_education"])
    known = _chances(shares, ranks, classes)
    by = shares.by("family", "size_from", "years_from")
    group = by.locate(department.ladder, department.officer_count, years_of_service)
    band = np.maximum(np.searchsorted(ages, age, side="right") - 1, 0)
    number = {level: at for at, level in enumerate(levels)}
    codes, vocabulary = education.coding()
    level = np.array([number.get(value or "", -1) for value in vocabulary.values], dtype=np.int64)[codes]
    fits = educated[known.classes[group], band[:, None], np.maximum(level, 0)[:, None]]
    weights = known.shares[group] * np.where((level >= 0)[:, None], fits, 1.0)
    weights = np.where(weights.sum(axis=1, keepdims=True) > 0, weights, known.shares[group])
    ends = np.cumsum(weights, axis=1)
    order = np.where(draw.chance(BY_RANK, "by pay"), pay_rank, draw.uniform("otherwise"))
    order = np.where(sex == "female", order**FEWER_WOMEN_ABOVE, order)
    nth = (ends <= (order * ends[:, -1])[:, None]).sum(axis=1)
    last = (weights > 0).shape[1] - 1 - np.argmax((weights > 0)[:, ::-1], axis=1)
    found: Ints = known.ranks[group, np.minimum(nth, last)]
    return found


def salary(rank_row: Ints, years_of_service: Ints, income: Ints, data: Data) -> Ints:
    """Per year before tax: from the first to the last step of the rank in twenty years, and no more than the person's income
    unless the first step is."""
    table: Table = data["police_ranks"]
    low, high = table.ints("pay_from")[rank_row], table.ints("pay_to")[rank_row]
    by_years = np.maximum(years_of_service - table.ints("minimum_years")[rank_row], 0) / STEPS
    amount = low + (high - low) * np.minimum(by_years, 1.0)
    unit = 100_000 if int(table.ints("pay_to").max()) > 10_000_000 else 100
    step: Ints = np.rint(amount / unit).astype(np.int64) * unit
    paid: Ints = np.clip(np.minimum(step, income // 100), low, high)
    return paid * 100
