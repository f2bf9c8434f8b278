"""What secures a loan, and what it is worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Dates, Ints
from datamimic_pack_common.check_digits import number_of
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.vin import vins
from datamimic_pack_finance.money import currency_of


def collateral(place: Ints, draw: Draw, data: Data) -> Ints:
    table = data["collaterals"]
    wanted = data["loan_products"]["collateral_type"].take(place)
    return draw.pick(table.by("collateral_type"), wanted)


def collateral_type(collateral: Ints, data: Data) -> Text:
    kind = data["collaterals"]["collateral_type"].take(collateral)
    return kind.where(kind != "")


def collateral_description(collateral: Ints, data: Data) -> Text:
    text = data["collaterals"]["description"].take(collateral)
    return text.where(text != "")


def collateral_value(principal: Ints, loan_type: Text, collateral_type: Text, draw: Draw, data: Data) -> Any:
    table = data["loan_to_value"]
    secured = ~collateral_type.is_null()
    percent = np.full(len(principal), 100.0)
    at = np.flatnonzero(secured)
    percent[at] = table.by("loan_type").quantiles_at(draw.uniform()[at], loan_type.take(at))
    step = currency_of(data).loan
    value = np.maximum(np.rint(principal / percent * 100 / step), 1).astype(np.int64) * step
    return np.ma.MaskedArray(value, ~secured)


def loan_to_value(principal: Ints, collateral_value: Any) -> Any:
    share = np.rint(principal / np.ma.getdata(collateral_value) * 1e4) / 1e4
    return np.ma.MaskedArray(share, np.ma.getmaskarray(collateral_value))


def vin(number_base: Text, start_date: Dates, purpose: Text, collateral_type: Text, draw: Draw) -> Text:
    built = start_date.astype("datetime64[Y]").astype(np.int64) + 1970
    age = np.where(purpose == "used car", draw.integers(1, 9, "age"), 0)
    free = number_of(numbers_of(characters(number_base, 8))) % 1_000_000
    return vins(free, built - age, draw).where(collateral_type == "vehicle")
