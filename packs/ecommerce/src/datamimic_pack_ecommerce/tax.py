"""Tax rates by class of goods, state and day, read from the table `tax_rates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic import Data, Text
from datamimic.columns import Dates, Ints

if TYPE_CHECKING:
    from datamimic import World

_DAYS = 1 << 17
_EPOCH = 1 << 16  # days before 1970 that fit


@frozen(eq=False)
class TaxRates:
    """Rates sorted by class, state and first day; `keys` holds the three in one number."""

    classes: dict[str, int]
    states: dict[str, int]
    keys: Ints
    rates: Ints
    exempt_under: Ints

    @classmethod
    def of(cls, world: World, data: Data) -> TaxRates:
        return world.memo("ecommerce.tax_rates", lambda: cls.build(data))

    @classmethod
    def build(cls, data: Data) -> TaxRates:
        table = data["tax_rates"]
        classes = {name: number for number, name in enumerate(sorted(set(table.columns["tax_class"])))}
        states = {name: number for number, name in enumerate(sorted(set(table.columns["state_code"])))}
        since = np.array(table.columns["since"], dtype="datetime64[D]").astype(np.int64)
        kind = np.array([classes[name] for name in table.columns["tax_class"]], dtype=np.int64)
        state = np.array([states[name] for name in table.columns["state_code"]], dtype=np.int64)
        keys = (kind * len(states) + state) * _DAYS + since + _EPOCH
        order = np.argsort(keys)
        return cls(classes, states, keys[order], table.ints("rate_ppm")[order], table.ints("exempt_under_cents")[order])

    def class_numbers(self, tax_class: Text) -> Ints:
        return _numbers(tax_class, self.classes)

    def state_numbers(self, state_code: Text) -> Ints:
        """The number of each state by its ISO 3166-2 code; 0 where one rate is for the whole country."""
        if "*" in self.states:
            return np.zeros(len(state_code), dtype=np.int64)
        return _numbers(state_code, self.states)

    def at(self, class_number: Ints, state_number: Ints, day: Dates, unit_price: Ints) -> Ints:
        """Parts per million, for the day (UTC) and a unit price in hundredths."""
        days = day.astype("datetime64[D]").astype(np.int64)
        key = (class_number * len(self.states) + state_number) * _DAYS + days + _EPOCH
        row = np.searchsorted(self.keys, key, side="right") - 1
        return np.where(unit_price < self.exempt_under[row], 0, self.rates[row])


def _numbers(text: Text, known: dict[str, int]) -> Ints:
    if text.codes is None or text.vocabulary is None:
        return np.array([known[value or ""] for value in text.tolist()], dtype=np.int64)
    table = np.array([known.get(value, -1) for value in text.vocabulary.values], dtype=np.int64)
    found: Ints = table[text.codes]
    if len(found) and int(found.min()) < 0:
        raise KeyError(text.tolist()[int(np.argmin(found))])
    return found
