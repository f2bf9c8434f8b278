"""Products, coverages and tiers of a country as positions in their tables, for rules that join them."""

from __future__ import annotations

import numpy as np

from datamimic import Data, positions
from datamimic.columns import Ints, Text

TIERS = 3
"""Rows of `coverage_tiers` per coverage: basic, standard, plus; in the order of `coverages`."""


def product_rows(data: Data, product_code: Text) -> Ints:
    """Positions in `products`, int64."""
    return data["products"].lookup("product_code", product_code)


def coverage_runs(data: Data) -> tuple[Ints, Ints]:
    """(position of the first coverage, number of coverages) per row of `products`: a product's coverages lie together."""
    products, coverages = data["products"], data["coverages"]
    first = coverages.lookup("product_code", products["product_code"])
    owner = products.lookup("product_code", coverages["product_code"])
    return first, np.bincount(owner, minlength=len(products)).astype(np.int64)


def coverages_of(data: Data, product_row: Ints) -> tuple[Ints, Ints]:
    """(number of coverages per row, positions of all of them in `coverages`, product after product)."""
    first, count = coverage_runs(data)
    lengths = count[product_row]
    return lengths, np.repeat(first[product_row], lengths) + positions(lengths)


def limits(data: Data, coverage_row: Ints, tier: Ints, sum_insured: Ints) -> Ints:
    """The limit per claim in hundredths; `sum_insured` in hundredths, read where the limit is a per cent of it."""
    amount = data["coverage_tiers"].floats("limit")[coverage_row * TIERS + tier]
    of_value = (data["coverages"]["basis"] == "value")[coverage_row]
    return np.where(of_value, np.rint(sum_insured * amount / 100.0), amount * 100.0).astype(np.int64)


def deductibles(data: Data, coverage_row: Ints, tier: Ints) -> Ints:
    """The deductible per claim in hundredths."""
    return data["coverage_tiers"].ints("deductible")[coverage_row * TIERS + tier] * 100


def aggregates(data: Data, coverage_row: Ints, limit: Ints) -> np.ma.MaskedArray[tuple[int], np.dtype[np.int64]]:
    """The most that a term pays, in hundredths; masked where there is no such limit."""
    multiple = data["coverages"].ints("aggregate_multiple")[coverage_row]
    return np.ma.MaskedArray(limit * multiple, multiple == 0)
