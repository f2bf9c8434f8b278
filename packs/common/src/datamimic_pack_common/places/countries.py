"""Countries: which are drawn, their continents and languages."""

from __future__ import annotations

from datamimic import Data, Draw, Maps, Text
from datamimic.columns import Ints
from datamimic_pack_common.table_rows import row_maps

CONTINENTS = {
    "AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania",
    "SA": "South America",
}  # fmt: skip


def country_row(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["countries"])


def continent(country_row: Ints, data: Data) -> Text:
    codes: Text = data["countries"]["continent"].take(country_row)
    return codes.map(CONTINENTS.__getitem__)


def country_data(country_row: Ints, data: Data) -> Maps:
    return row_maps(data["countries"], country_row)


def languages(default_language_locale: Text) -> Text:
    return default_language_locale.map(language)


def language(locale: str) -> str:
    return locale.partition("_")[0]
