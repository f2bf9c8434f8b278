"""What is left of a gross income: contributions and income tax of the month's law, from tables, to the minor unit.

Tables of a country have the month from which they hold, as yyyymm, and what was before their first month is as then.
Everybody is taxed as somebody single, without local taxes: what an employer withholds when nothing else is known.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Table
from datamimic.columns import Bools, Ints, Text

HUNDREDTHS = 100
PARTS = 100_000
"""Of a whole: rates are percentages with three decimals."""
CURVE = 10**8
"""Square euros of one euro of tax in the curved zones of a tariff (EStG, section 32a)."""


def months_of_law(data: Data) -> list[int]:
    """The months, yyyymm in ascending order, from which the country's rates change."""
    tables = (data["income_tax"], data["income_tax_reliefs"], data["contributions"])
    return sorted({int(month) for table in tables for month in table.ints("month_from")})


def net_of_year(gross: Ints, taxed: Bools, employed: Bools, retired: Bools, month: int, data: Data) -> Ints:
    """Hundredths a year of gross hundredths a year, by the law of a month (yyyymm): contributions of those `employed` and
    `retired`, income tax of those `taxed`."""
    paid, deductible = np.zeros(len(gross), dtype=np.int64), np.zeros(len(gross), dtype=np.int64)
    for payers, name in ((employed, "salary"), (retired, "pension")):
        if payers.any():
            due, of_it = _contributions(gross, name, month, data)
            paid, deductible = np.where(payers, due, paid), np.where(payers, of_it, deductible)
    return gross - paid - np.where(taxed, income_tax(gross, gross - deductible, month, data), 0)


def income_tax(gross: Ints, base: Ints, month: int, data: Data) -> Ints:
    """Hundredths a year on a `base`, which is the gross income without deductible contributions."""
    reliefs = _in_force(data["income_tax_reliefs"], month)
    (row,) = np.flatnonzero(reliefs)
    law = _Relief.of(data["income_tax_reliefs"], int(row))
    expenses = np.minimum(np.clip(base * law.percent // PARTS, law.least, law.most), np.maximum(base, 0))
    allowance = np.maximum(law.allowance - np.maximum(gross - law.taper_from, 0) * law.taper // PARTS, 0)
    taxable = np.maximum(base - expenses - allowance, 0)
    tax = _by_tariff(taxable, data["income_tax"], month)
    # What small taxes are spared, and what is added to large ones.
    spared = np.maximum(law.relief - tax * law.relief_percent // PARTS, 0)
    tax = np.maximum(tax - spared, 0)
    surcharge = np.minimum(
        tax * law.surcharge // PARTS, np.maximum(tax - law.surcharge_from, 0) * law.surcharge_phase // PARTS
    )
    return tax + surcharge


@frozen
class _Relief:
    """Amounts in hundredths, shares in parts of 100,000."""

    allowance: int
    percent: int
    least: int
    most: int
    taper_from: int
    taper: int
    relief: int
    relief_percent: int
    surcharge: int
    surcharge_from: int
    surcharge_phase: int

    @classmethod
    def of(cls, table: Table, row: int) -> _Relief:
        amounts = {"allowance", "least", "most", "taper_from", "relief", "surcharge_from"}
        names = [each.name for each in cls.__attrs_attrs__]
        return cls(*(_scaled(table, name, HUNDREDTHS if name in amounts else PARTS // 100)[row] for name in names))


def _by_tariff(taxable: Ints, table: Table, month: int) -> Ints:
    zones = np.flatnonzero(_in_force(table, month))
    lower, base = _scaled(table, "lower", 1)[zones], _scaled(table, "tax", HUNDREDTHS)[zones]
    rate, curve = _scaled(table, "rate", 100)[zones], _scaled(table, "curve", HUNDREDTHS)[zones]
    whole = taxable // HUNDREDTHS
    zone = np.searchsorted(lower, whole, side="right") - 1
    above = whole - lower[zone]
    if not curve.any():
        # The tax on hundredths, since only curved tariffs round what is taxed to whole units.
        exact: Ints = base[zone] + (taxable - lower[zone] * HUNDREDTHS) * rate[zone] // 10_000
        return exact
    tax = (base[zone] * CURVE + above * rate[zone] * (CURVE // 100) + curve[zone] * above * above) // CURVE
    return tax // HUNDREDTHS * HUNDREDTHS


def _contributions(gross: Ints, of: str, month: int, data: Data) -> tuple[Ints, Ints]:
    """All that is paid, and what of it is deductible, hundredths a year."""
    table = data["contributions"]
    paid, deductible = np.zeros(len(gross), dtype=np.int64), np.zeros(len(gross), dtype=np.int64)
    kinds: Text = table["of"]
    lower, upper = _scaled(table, "lower", HUNDREDTHS), _scaled(table, "upper", HUNDREDTHS)
    parts, counts = _scaled(table, "percent", PARTS // 100), _scaled(table, "deductible", 1)
    for row in np.flatnonzero(_in_force(table, month, (kinds == of))).tolist():
        part = (np.clip(gross, lower[row], upper[row]) - lower[row]) * parts[row] // PARTS
        paid += part
        deductible += part * counts[row]
    return paid, deductible


def _in_force(table: Table, month: int, which: Bools | None = None) -> Bools:
    """The rows whose month is the last one up to the `month`; the first month where it is before all."""
    months = table.ints("month_from")
    known = months[months <= month]
    holds: Bools = months == (known.max() if len(known) else months.min())
    return holds if which is None else holds & which


def _scaled(table: Table, name: str, scale: int) -> Ints:
    scaled: Ints = np.rint(table.floats(name) * scale).astype(np.int64)
    return scaled
