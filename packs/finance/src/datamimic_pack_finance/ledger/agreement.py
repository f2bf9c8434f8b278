"""Whether a booking agrees with calendars, prices and exchange rates: what holds in any table of transactions."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Locale, Text
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.accounts.monthly import MOST
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.money import currency_of


def posted_on_bank_day(booking_date: Any, transaction_date: Dates, data: Data) -> Bools:
    days = bank_days(data)
    posted = np.ma.getdata(booking_date)
    made = transaction_date.astype("datetime64[D]")
    # The holder's calendar may be a day before or after that of UTC.
    soon = (posted >= days.next(made - 1)) & (posted <= days.next(made + 1))
    return np.ma.getmaskarray(booking_date) | (
        days.is_open(np.where(np.ma.getmaskarray(booking_date), made, posted)) & soon
    )


def conversion_is_right(
    is_international: Bools,
    amount: Ints,
    original_amount: Any,
    exchange_rate: Any,
    exchange_fee: Any,
    merchant_country: Text,
    original_currency: Text,
    locale: Locale,
    data: Data,
) -> Bools:
    unit = currency_of(data).unit
    exact = np.ma.getdata(original_amount) * np.ma.getdata(exchange_rate) + np.ma.getdata(exchange_fee)
    close = (np.abs(exact - amount) <= unit * 0.5001) | (amount <= unit * 2)
    abroad = ~merchant_country.is_null() & (merchant_country != locale.country)
    given = ~np.ma.getmaskarray(original_amount) & ~np.ma.getmaskarray(exchange_rate) & ~original_currency.is_null()
    return (abroad == is_international) & (given == is_international) & (~is_international | close)


def amount_fits_category(merchant_category: Text, amount: Ints, is_international: Bools, data: Data) -> Bools:
    table = data["merchant_amounts"]
    highest: dict[str, float] = {}
    for category, value in zip(table.columns["merchant_category"], table.floats("value").tolist(), strict=True):
        highest[category] = max(value, highest.get(category, 0.0))
    names = [*highest]
    limits = np.array([*highest.values(), np.inf])
    known = Text.plain(merchant_category.arrow()).dictionary()
    place = np.array(
        [names.index(name) if name in highest else -1 for name in known.dictionary.to_pylist()] + [-1], dtype=np.int64
    )
    code = np.asarray(known.indices.fill_null(len(place) - 1))
    # Prices end in .99 and the like, and those abroad are converted: a little more than the table's highest is right.
    return amount <= limits[place[code]] * (105 * MOST * 1.15) + 10_000
