"""Whom an office serves, its staff, budget, departments and services."""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text
from datamimic.columns import Ints, join
from datamimic_pack_public_sector import areas, leaders, naming
from datamimic_pack_public_sector.identity import at
from datamimic_pack_public_sector.money import shared_out, three_figures
from datamimic_pack_public_sector.offers import listed, sets_of

COUNTIES = frozenset({"district", "county"})
"""Stems of jurisdictions that are counties."""

SUBAREAS = frozenset({"quarter", "township"})
"""Stems of names of offices that serve a part of a town or county."""


def email(host: Text, data: Data) -> Text:
    return join(f"{naming.host_part(data, 'office_mailbox')}@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)


def founding_year(kind_row: Ints, identity: Ints, place: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    kinds: Table = data["office_types"]
    first, median, last = (kinds.floats(f"founded_{name}")[kind_row] for name in ("from", "median", "to"))
    settled = naming.settled(place, data)
    first, median = np.maximum(first, settled), np.maximum(median, settled + 25)
    return naming.founded(first, median, np.maximum(last, median), at(draw, identity).uniform(), clock.year)


def population_served(
    kind_row: Ints, county_row: Ints, area_kind: Ints, area: Ints, identity: Ints, place: Ints,
    draw: Draw, data: Data, clock: Clock,
) -> Ints:  # fmt: skip
    """Inhabitants of the town, of a part of it, of the county, or of another area around the town."""
    kinds: Table = data["office_types"]
    low, median, high = (kinds.floats(f"inhabitants_{name}")[kind_row] for name in ("low", "median", "high"))
    # All offices of a county serve the same people.
    of_county = kinds["area"].take(kind_row).isin(COUNTIES) & (county_row >= 0)
    uniform = at(draw, np.where(of_county, county_row, identity + len(kinds) * 1_000_000)).uniform()
    town = data["common.places"].ints("population")[place]
    served = naming.spread(low, median, high, uniform).astype(np.int64)
    served = np.where(kinds["stem"].take(kind_row).isin(SUBAREAS), np.minimum(served, town), np.maximum(served, town))
    for kind in (areas.COMMUNE, areas.COUNTY, areas.STATE):
        own = area_kind == kind
        if own.any() and (kind != areas.COMMUNE or "commune" in data["common.places"]):
            served[own] = areas.areas_of(data, clock, kind).people[area[own]]
    return np.where((median == 0) & (area_kind != areas.COMMUNE), town, served)


def staff_count(
    kind_row: Ints, identity: Ints, population_served: Ints, departments: Lists, draw: Draw, data: Data
) -> Ints:
    """By inhabitants, and enough for every department and leader that is named."""
    kinds: Table = data["office_types"]
    low, high = kinds.floats("staff_low")[kind_row], kinds.floats("staff_high")[kind_row]
    own = at(draw, identity)
    wanted = population_served * (low + (high - low) * own.uniform()) / 1000
    least = np.maximum(departments.lengths, leaders.MOST) + own.integers(0, 3, "least")
    return np.maximum(np.rint(wanted).astype(np.int64), least)


def annual_budget(
    kind_row: Ints, identity: Ints, population_served: Ints, staff_count: Ints, draw: Draw, data: Data
) -> Ints:
    """By inhabitants, at least enough to pay the staff; rounded to three figures."""
    kinds: Table = data["office_types"]
    low, high = kinds.floats("budget_low")[kind_row], kinds.floats("budget_high")[kind_row]
    own = at(draw, identity)
    amount = population_served * (low + (high - low) * own.uniform())
    customs: Table = data["country_customs"]
    pay = int(customs.ints("yearly_pay")[customs.of_country(data.country)])
    payroll = staff_count * (pay * (1.2 + 0.5 * own.uniform("overhead")))
    return three_figures(np.maximum(amount, payroll)) * 100


def departments(office_key: Text, data: Data) -> Lists:
    sets = sets_of(data["office_departments"], "office_key", "department", "budget_share")
    items = sets.items[sets.of(office_key)]
    return listed(items >= 0, items, sets.vocabulary)


def budget_lines(
    office_key: Text, identity: Ints, departments: Lists, annual_budget: Ints, draw: Draw, data: Data
) -> Lists:
    """The budget by department, in whole units of the currency; the lines sum to the budget."""
    sets = sets_of(data["office_departments"], "office_key", "department", "budget_share")
    own = sets.of(office_key)
    weights = sets.shares[own]
    part = at(draw, identity)
    for place in range(weights.shape[1]):
        weights[:, place] *= 0.8 + 0.4 * part.uniform(f"department {place}")
    amounts = shared_out(annual_budget // 100, weights) * 100
    return Lists(
        departments.lengths, Struct({"department": departments.values, "amount": amounts[sets.items[own] >= 0]})
    )


def services(office_key: Text, identity: Ints, draw: Draw, data: Data) -> Lists:
    return sets_of(data["office_services"], "office_key", "item", "share").lists(office_key, at(draw, identity))
