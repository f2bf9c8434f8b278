"""Does a booking agree with the calendar of banks and with the rates of the day? Both hold in any table of transactions."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Locale, Text
from datamimic.columns import Bools, Dates, Ints
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
    merchant_country: Text,
    original_currency: Text,
    locale: Locale,
    data: Data,
) -> Bools:
    unit = currency_of(data).unit
    exact = np.ma.getdata(original_amount) * np.ma.getdata(exchange_rate)
    close = (np.abs(exact - amount) <= unit * 0.5001) | (amount == unit)
    abroad = ~merchant_country.is_null() & (merchant_country != locale.country)
    given = ~np.ma.getmaskarray(original_amount) & ~np.ma.getmaskarray(exchange_rate) & ~original_currency.is_null()
    return (abroad == is_international) & (given == is_international) & (~is_international | close)


def home_currency(currency: Text, currency_symbol: Text, data: Data) -> Bools:
    money = currency_of(data)
    return (currency == money.code) & (currency_symbol == money.symbol)
