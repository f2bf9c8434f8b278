"""Which covers somebody has: of every risk one, of the risks that the person can have."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Room, Table, World, positions
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Masked, Text
from datamimic_pack_insurance.lives.options import history
from datamimic_pack_insurance.months import birthday, days_between, first_of_year, plus_days, year_of

BEFORE = 10
"""Years before the books begin in which a contract of today may have been made."""
AHEAD = 30
"""Days before its start that a contract may already be in the books."""
SHORTEST = 60
"""Days of the time in which a contract could have begun, without which nobody has it."""


def householder(household_role: Text) -> Bools:
    """Who answers for the home; of people of a population of their own everybody does."""
    return household_role.is_null() | (household_role == "head")


def home_owner(householder: Bools, age: Ints, draw: Draw, data: Data) -> Bools:
    """Does the householder own the home?"""
    table = data["home_owners"]
    share = table.floats("percent")[table.by("age_from").first(np.maximum(age, 18))] / 100.0
    return householder & draw.chance(share)


def proneness(draw: Draw, data: Data) -> Floats:
    """How many claims the person makes, relative to others alike: what insurers do not see, 1 on average."""
    table = data["proneness"]
    return table.floats("factor")[draw.pick(table)]


class Window:
    """From when to when a contract for each product could have begun, for the people of a batch."""

    def __init__(self, birthdate: Dates, licence_date: Masked, clock: Clock, years: int) -> None:
        self.birthdate = birthdate
        self.licensed = ~np.ma.getmaskarray(licence_date)
        self.licence = np.where(self.licensed, np.ma.getdata(licence_date), clock.date)
        self.opened = np.array([plus_days(clock.date, np.array(-(years + BEFORE) * 365))], dtype="datetime64[D]")
        self.last = np.array([plus_days(clock.date, np.array(AHEAD))], dtype="datetime64[D]")
        self._birthdays: dict[int, Dates] = {}

    def of(self, first_age: Any, last_age: Any, drives: Any) -> tuple[Dates, Ints]:
        """(first day, number of days); a product's ages are numbers or columns."""
        first = np.maximum(self._birthday(first_age), self.opened)
        first = np.where(drives, np.maximum(first, self.licence), first)
        last = np.minimum(self._birthday(last_age + 1), self.last)
        return first, days_between(first, last)

    def _birthday(self, age: Any) -> Dates:
        """Many products are sold from one age on: of a number the birthdays are remembered."""
        if np.ndim(age):
            return birthday(self.birthdate, age)
        if int(age) not in self._birthdays:
            self._birthdays[int(age)] = birthday(self.birthdate, age)
        return self._birthdays[int(age)]


def able(
    birthdate: Dates,
    licence_date: Masked,
    householder: Bools,
    home_owner: Bools,
    private_patient: Bools,
    data: Data,
    clock: Clock,
    world: World,
) -> Ints:
    """Which covers somebody can have: bit k is of row k of `holdings`."""
    table = data["holdings"]
    window = Window(birthdate, licence_date, clock, history(world))
    people = len(birthdate)
    can = {
        "driver": window.licensed, "car": window.licensed, "owner": home_owner, "tenant": householder & ~home_owner,
        "householder": householder, "private patient": private_patient, "person": np.ones(people, dtype=np.bool_),
    }  # fmt: skip
    result = np.zeros(people, dtype=np.int64)
    needs = table["needs"].tolist()
    first, last, ends = table.ints("first_age"), table.ints("last_age"), data["renewals"].ints("last_age")
    for row, need in enumerate(needs):
        each = can[str(need)] & (window.of(first[row], last[row], need in ("driver", "car"))[1] >= SHORTEST)
        if ends[row]:
            # What ends at an age must not have ended before the books begin.
            each &= birthday(birthdate, ends[row]) > plus_days(clock.date, np.array((1 - history(world)) * 365 + 2))
        result |= each.astype(np.int64) << row
    return result


def wished(able: Ints, birthdate: Dates, draw: Draw, data: Data, clock: Clock) -> Lists:
    """Rows of `products`, in their order; a second car after all others. Everybody wants something."""
    table = data["holdings"]
    can = (able[:, None] >> np.arange(len(table))) & 1 > 0
    risks, needs, first = table["risk"].tolist(), table["needs"].tolist(), table.ints("first_age")
    chosen = {risk: one_of_a_risk(can, risks, str(risk), draw, table) for risk in dict.fromkeys(risks)}
    if "car damage" in chosen:
        chosen["car damage"] = np.where(chosen["car"] >= 0, chosen["car damage"], -1)
    columns = [*chosen.values(), second(chosen, draw, table)]
    held = np.stack(columns, axis=1)
    nothing = (held < 0).all(axis=1)
    grown = np.stack([birthday(birthdate[nothing], age) <= clock.date for age in first], axis=1)
    held[nothing, 0] = something(can[nothing], grown, needs, draw.take(np.flatnonzero(nothing)), table)
    there = held >= 0
    return Lists(there.sum(axis=1).astype(np.int64), held[there])


def room(able: Ints, wished: Lists, data: Data) -> Room:
    """Everybody keeps one cover; more may be one of each risk that somebody can have and does not cover."""
    open_to = uncovered(able, held_bits(wished), data)
    free = sum(((open_to & mask) > 0).astype(np.int64) for mask in masks(data).values())
    free = np.asarray(free, dtype=np.int64)
    return Room(np.ones(len(able), dtype=np.int64), wished.lengths + free, (free > 0).astype(np.float64))


def holdings(wished: Lists, able: Ints, policy_count: Ints, draw: Draw, data: Data) -> Lists:
    """What somebody wants, but for a few, who have one cover less or more so that all blocks of people have equally many."""
    change = policy_count - wished.lengths
    if not change.any():
        return wished
    own, lot = wished.parents, draw.items(wished.lengths, "less").uniform()
    lot = np.where(tied(wished, data), 2.0, lot)
    order = np.lexsort((lot, own))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = positions(wished.lengths)
    kept = rank >= np.maximum(-change, 0)[own]
    values, whose = wished.values[kept], own[kept]
    bits, percent = held_bits(wished), data["holdings"].floats("percent")
    for place in range(int(change.max(initial=0))):
        who = np.flatnonzero(change > place)
        open_to = uncovered(able[who], bits[who], data)
        weight = ((open_to[:, None] >> np.arange(len(percent))) & 1) * percent
        upper = np.cumsum(weight, axis=1)
        at = draw.take(who).uniform(f"more {place}") * upper[:, -1]
        chosen = (upper <= at[:, None]).sum(axis=1).astype(np.int64)
        bits[who] |= np.int64(1) << chosen
        values, whose = np.concatenate((values, chosen)), np.concatenate((whose, who))
    return Lists(policy_count, values[np.argsort(whose, kind="stable")])


def masks(data: Data) -> dict[str, int]:
    """Of each risk the bits of the products that cover it; damage of a car is nobody's without the car."""
    result: dict[str, int] = {}
    for row, risk in enumerate(data["holdings"]["risk"].tolist()):
        if risk != "car damage":
            result[str(risk)] = result.get(str(risk), 0) | 1 << row
    return result


def held_bits(wished: Lists) -> Ints:
    bits = np.zeros(len(wished.lengths), dtype=np.int64)
    np.bitwise_or.at(bits, wished.parents, np.int64(1) << wished.values)
    return bits


def uncovered(able: Ints, held: Ints, data: Data) -> Ints:
    """Bits of the products that somebody can have, of risks that no product covers yet."""
    result = np.zeros(len(able), dtype=np.int64)
    for mask in masks(data).values():
        result |= np.where((held & mask) > 0, 0, able & mask)
    return result


def tied(wished: Lists, data: Data) -> Bools:
    """Is it the first car of somebody with a second, or with cover for its damage?"""
    risks = data["holdings"]["risk"].isin({"car"})[wished.values]
    damage = data["holdings"]["risk"].isin({"car damage"})[wished.values]
    first = np.zeros(len(risks), dtype=np.bool_)
    _, at = np.unique(wished.parents[risks], return_index=True)
    first[np.flatnonzero(risks)[at]] = True
    others = np.bincount(wished.parents[(risks & ~first) | damage], minlength=len(wished.lengths))
    return first & (others[wished.parents] > 0)


def one_of_a_risk(able: Bools, risks: list[Any], risk: str, draw: Draw, table: Table) -> Ints:
    """The product by which each of the people covers a risk, -1 for those who do not."""
    where = draw.uniform(risk)
    share = table.floats("percent") / 100.0
    so_far = np.zeros(len(able), dtype=np.float64)
    result = np.full(len(able), -1, dtype=np.int64)
    rows = [row for row, each in enumerate(risks) if each == risk]
    # Products of one risk are one's only one: together they are not more likely than certain.
    scale = min(1.0, 0.96 / float(sum(share[row] for row in rows))) if len({*rows}) > 1 else 1.0
    for row in rows:
        upper = so_far + able[:, row] * (share[row] * scale)
        result[(where >= so_far) & (where < upper)] = row
        so_far = upper
    return result


def second(chosen: dict[Any, Ints], draw: Draw, table: Table) -> Ints:
    """A second vehicle, insured as the first is."""
    first = next(iter(chosen.values()))
    share = table.floats("second_percent")[np.maximum(first, 0)] / 100.0
    return np.where((first >= 0) & draw.chance(share, "second"), first, -1)


def something(able: Bools, grown: Bools, needs: list[Any], draw: Draw, table: Table) -> Ints:
    """Of those who would hold nothing, one of the covers that they can have; else one for anybody of their age, of the very
    old that which goes on longest."""
    weight = able * table.floats("percent")
    for_all = np.array([need == "person" for need in needs]) & grown
    longest = np.argmax(np.where(for_all, table.ints("last_age") + 1, 0), axis=1)
    none = np.flatnonzero(weight.sum(axis=1) == 0)
    weight[none, longest[none]] = 1.0
    upper = np.cumsum(weight, axis=1)
    return (upper <= (draw.uniform("something") * upper[:, -1])[:, None]).sum(axis=1).astype(np.int64)


def private_patient(employment: Text, income: Ints, age: Ints, data: Data, clock: Clock) -> Bools:
    """May the person have private health insurance in place of the statutory one? Where the law does not say, all may."""
    table = data["private_health"]
    least = table.ints("least_income")[table.by("year_from").first(np.array([max(clock.year, 2000)]))][0]
    if least == 0:
        return np.ones(len(age), dtype=np.bool_)
    return (employment == "self_employed") | ((employment == "employed") & (income > least * 100))


def policy_counts(wished: Lists) -> Ints:
    return np.asarray(wished.lengths, dtype=np.int64)


def first_days(insured: Any, product_row: Ints, draw: Draw, data: Data, clock: Clock, world: World) -> Dates:
    """The first day of cover, any of those on which it could have begun; of most yearly German car covers 1 January."""
    table = data["holdings"]
    drives = table["needs"].isin({"driver", "car"})[product_row]
    window = Window(insured.birthdate, insured.licence_date, clock, history(world))
    first, days = window.of(table.ints("first_age")[product_row], table.ints("last_age")[product_row], drives)
    # The very old hold what they could not take out any more: since when they could.
    days = np.where(days < SHORTEST, np.maximum(days_between(first, window.last), 1), days)
    return plus_days(first, np.floor(days * draw.uniform()).astype(np.int64))


def to_january(start: Dates, calendar_year: Bools, first: Dates) -> Dates:
    """1 January of its year for a contract of calendar years, where it could have begun then."""
    january = first_of_year(year_of(start))
    return np.where(calendar_year & (january >= first), january, start)
