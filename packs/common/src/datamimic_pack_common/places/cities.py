"""Cities: which are drawn, and the additions to their names."""

from __future__ import annotations

import re

from datamimic import Data, Draw, Locale, Text
from datamimic.columns import Ints

# What tells towns of one name apart: "am Main", "upon Tyne", "sur Mer", "de la Frontera", "(Oder)".
LINKS = (
    "am|an der|an den|im|in der|ob der|bei|vor der|auf der|upon|on|in|by|under|next|le|sur|sous|en|lès|de la|del|de|do|da"
    "|dos|das"
)

EXTENSION = re.compile(rf"[ -]((?:{LINKS})[ -].+)$|\s(\(.+\))$")


def place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["places"])


def language(data: Data, locale: Locale, place: Ints) -> Text:
    return Text.constant(locale.language, len(place))


def name_extension(place: Ints, data: Data) -> Text:
    return data["places"]["city"].map(extension_of).take(place)


def extension_of(name: str) -> str:
    found = EXTENSION.search(name)
    return (found[1] or found[2]) if found else ""
