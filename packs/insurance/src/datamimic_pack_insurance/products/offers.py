"""What a product contains, and its price level."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw
from datamimic.columns import Floats, Ints, Lists, Struct, Text
from datamimic_pack_insurance.catalogue import coverages_of


def coverages(product_row: Ints, data: Data) -> Lists:
    table = data["coverages"]
    lengths, rows = coverages_of(data, product_row)
    return Lists(
        lengths,
        Struct(
            {
                "code": table["coverage_code"].take(rows),
                "name": table["coverage_name"].take(rows),
                "description": table["coverage_description"].take(rows),
                "product_code": table["product_code"].take(rows),
                "min_coverage": table.ints("min_coverage")[rows] * 100,
                "max_coverage": table.ints("max_coverage")[rows] * 100,
            }
        ),
    )


def price_level(rating: Text, draw: Draw) -> Floats:
    """What the insurer asks relative to the market, in steps of a per cent; a tariff set by decree is the same everywhere."""
    level = draw.integers(94, 107).astype(np.float64) / 100.0
    return np.where(rating == "tariff", 1.0, level)


def base_premium(product_row: Ints, price_level: Floats, data: Data) -> Ints:
    unit = data["markets"].ints("rounding")[0]
    cents = data["products"].ints("base_premium")[product_row] * 100 * price_level
    return np.rint(cents / unit).astype(np.int64) * unit


def currency(product_row: Ints, data: Data) -> Text:
    return data["markets"]["currency"].take(np.zeros(len(product_row), dtype=np.int64))
