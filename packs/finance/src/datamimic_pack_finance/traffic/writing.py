"""Moments, amounts and names as messages of ISO 8583 write them."""

from __future__ import annotations

import unicodedata

import numpy as np

from datamimic import Text
from datamimic.columns import Dates, Ints, digits
from datamimic_pack_finance.cards.embossing import LETTERS

NAME, CITY = 23, 13
"""Characters of a name and a city in the 40 of a card acceptor (field 43 of 1987)."""


def month_to_second(moments: Dates) -> Text:
    """`MMDDhhmmss`."""
    return digits(_day(moments) * 1_000_000 + _time(moments), 10)


def year_to_second(moments: Dates) -> Text:
    """`YYMMDDhhmmss`."""
    year = moments.astype("datetime64[Y]").astype(np.int64) + 1970
    return digits((year % 100 * 10_000 + _day(moments)) * 1_000_000 + _time(moments), 12)


def year_to_day(days: Dates) -> Text:
    """`YYMMDD`."""
    return year_to_second(days.astype("datetime64[us]")).slice(0, 6)


def day_of_year(moments: Dates) -> Ints:
    """`YDDD`: the last digit of the year, and the day in it from 1 on."""
    days, years = moments.astype("datetime64[D]"), moments.astype("datetime64[Y]")
    number = (days - years.astype("datetime64[D]")).astype(np.int64) + 1
    return (years.astype(np.int64) + 1970) % 10 * 1000 + number


def hour_of(moments: Dates) -> Ints:
    return _time(moments) // 10_000


def plain_capitals(text: str) -> str:
    """A text in the capital letters, digits and signs of ASCII."""
    folded = unicodedata.normalize("NFKD", "".join(LETTERS.get(letter, letter) for letter in text))
    return "".join(letter for letter in folded if letter.isascii() and letter.isprintable()).upper()


def placed(place: str) -> str:
    """`name|city|country` in 40 characters: name, city, an empty state, country."""
    name, city, country = place.split("|")
    return f"{plain_capitals(name)[:NAME]:<{NAME}}{plain_capitals(city)[:CITY]:<{CITY}}  {country}"


def placed_longer(place: str) -> str:
    """`name|city|country` with back slashes between name, street and city, then post code, region and country of three
    letters."""
    name, city, country = place.split("|")
    return f"{plain_capitals(name)}\\\\{plain_capitals(city)}\\{'':13}{country}"


def _day(moments: Dates) -> Ints:
    months, days = moments.astype("datetime64[M]"), moments.astype("datetime64[D]")
    month = months.astype(np.int64) % 12 + 1
    return month * 100 + (days - months.astype("datetime64[D]")).astype(np.int64) + 1


def _time(moments: Dates) -> Ints:
    seconds = (moments.astype("datetime64[s]") - moments.astype("datetime64[D]").astype("datetime64[s]")).astype(
        np.int64
    )
    return seconds // 3600 * 10_000 + seconds // 60 % 60 * 100 + seconds % 60
