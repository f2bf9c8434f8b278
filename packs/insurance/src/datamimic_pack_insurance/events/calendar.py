"""The events of a world by peril and state: how exposed a time was to them, and which one hit."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, World
from datamimic.columns import Dates, Floats, Ints, Text
from datamimic_pack_insurance.events.happening import DECADE, per_decade
from datamimic_pack_insurance.lives.options import history
from datamimic_pack_insurance.months import days_between, plus_days

EPOCH = np.datetime64("1900-01-01", "D")
SPAN = 1 << 20
"""More days than there are between any two dates: what tells the events of one cell from those of the next."""


@frozen(eq=False)
class EventCalendar:
    """Events sorted by cell (a peril in a state) and first day; `weights` add up over a cell, and make 1 a year on average."""

    states: tuple[str, ...]
    perils: tuple[str, ...]
    keys: Ints
    totals: Floats
    rows: Ints
    starts: Ints
    lengths: Ints
    peril_of_product: dict[str, str]

    @classmethod
    def of(cls, world: World, data: Data) -> EventCalendar:
        """Made once in a world."""
        made: EventCalendar = world.memo(("insurance events",), lambda: cls._made(world, data))
        return made

    @classmethod
    def _made(cls, world: World, data: Data) -> EventCalendar:
        decades = -(-(history(world) + 2) // DECADE)
        number = per_decade(data) * decades
        events = world.refer("insurance.catastrophe", np.arange(number, dtype=np.int64))
        zones, kinds = data["zone_states"], data["catastrophes"]
        states = tuple(sorted({str(each) for each in zones["state_code"].tolist()}))
        perils = tuple(dict.fromkeys(str(each) for each in kinds["peril"].tolist()))
        hit = events.states
        event = np.repeat(np.arange(number, dtype=np.int64), hit.lengths)
        state = np.searchsorted(np.array(states), np.array(hit.values.tolist()))
        peril = np.array([perils.index(str(each)) for each in events.peril.tolist()], dtype=np.int64)[event]
        cell = peril * len(states) + state
        yearly = expected(data, states, perils)
        weight = events.size[event] / yearly[cell]
        day = days_between(EPOCH, events.start_date)[event]
        order = np.lexsort((event, day, cell))
        totals = np.concatenate(([0.0], np.cumsum(weight[order])))
        causes = data["event_causes"]
        pairs = zip(causes["product_code"].tolist(), causes["peril"].tolist(), strict=True)
        of_product: dict[str, str] = {}
        for code, peril_name in pairs:
            of_product.setdefault(str(code), str(peril_name))
        return cls(
            states, perils, (cell * SPAN + day)[order], totals, event[order], day[order], events.days[event][order], of_product
        )  # fmt: skip

    def cells(self, peril: Text, state_code: Text) -> Ints:
        """-1 for states that no event ever hits."""
        place = {state: number for number, state in enumerate(self.states)}
        codes, vocabulary = state_code.coding()
        state = np.array([*(place.get(str(each), -1) for each in vocabulary.values), -1], dtype=np.int64)[codes]
        codes, vocabulary = peril.coding()
        kind = np.array([*(self.perils.index(str(each)) for each in vocabulary.values), 0], dtype=np.int64)[codes]
        return np.where(state < 0, -1, kind * len(self.states) + state)

    def between(self, cell: Ints, since: Dates, until: Dates) -> tuple[Ints, Ints]:
        """Positions of the events of a cell that began from `since` on and before `until`: (first, one after the last)."""
        base = np.maximum(cell, 0) * SPAN
        low = np.searchsorted(self.keys, base + days_between(EPOCH, since))
        high = np.searchsorted(self.keys, base + days_between(EPOCH, until))
        return low.astype(np.int64), np.where(cell < 0, low, np.maximum(high, low)).astype(np.int64)

    def exposure(self, peril: Text, state_code: Text, since: Dates, until: Dates) -> Floats:
        """Years of average exposure to events, by the events that there were."""
        low, high = self.between(self.cells(peril, state_code), since, until)
        return np.asarray(self.totals[high] - self.totals[low], dtype=np.float64)

    def hit(self, peril: Text, state_code: Text, since: Dates, until: Dates, draw: Draw) -> tuple[Ints, Dates]:
        """(row of the event, -1 where there was none; day of the loss): an event by its size, and one of its days."""
        low, high = self.between(self.cells(peril, state_code), since, until)
        wanted = self.totals[low] + (self.totals[high] - self.totals[low]) * draw.uniform("event")
        place = np.clip(np.searchsorted(self.totals, wanted, side="right") - 1, low, np.maximum(high - 1, low))
        place = np.minimum(place, len(self.rows) - 1)
        day = self.starts[place] + np.floor(self.lengths[place] * draw.uniform("day of the event")).astype(np.int64)
        last = days_between(EPOCH, until) - 1
        found = high > low
        return np.where(found, self.rows[place], -1), plus_days(EPOCH, np.minimum(day, last))

    def peril_of(self, product_code: Text) -> Text:
        """The peril by which the time at risk of a product is weighed: that of the most of its claims in events."""
        return product_code.map(lambda code: self.peril_of_product.get(code, self.perils[0]))


def expected(data: Data, states: tuple[str, ...], perils: tuple[str, ...]) -> Floats:
    """Sizes of the events of a year that hit a state, added up, on average; per cell."""
    kinds, zones, members = data["catastrophes"], data["catastrophe_zones"], data["zone_states"]
    sizes = data["catastrophe_sizes"]
    mean = float(np.sum(sizes.floats("size") * sizes.floats("weight")) / np.sum(sizes.floats("weight")))
    yearly = np.zeros(len(perils) * len(states), dtype=np.float64)
    for row, kind in enumerate(kinds["kind"].tolist()):
        own = np.flatnonzero(zones["kind"] == kind)
        share = zones.floats("weight")[own] / zones.floats("weight")[own].sum()
        rate = kinds.floats("per_decade")[row] / DECADE * kinds.floats("size")[row] * mean
        for zone, part in zip(zones["zone"].take(own).tolist(), share.tolist(), strict=True):
            for at in np.flatnonzero(members["zone"] == zone).tolist():
                state = states.index(str(members["state_code"].take(np.array([at])).tolist()[0]))
                yearly[perils.index(str(kinds["peril"].take(np.array([row])).tolist()[0])) * len(states) + state] += (
                    rate * part
                )
    return np.where(yearly > 0, yearly, 1.0)
