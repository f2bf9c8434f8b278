"""What customers write of what they bought: stars, words, when."""

from __future__ import annotations

import re
from functools import lru_cache, partial

import numpy as np

from datamimic import Clock, Data, Draw, ParentRef, Ref, Table, Text
from datamimic.columns import Bools, Dates, Ints, join, join_present, where
from datamimic_pack_common.people.naming import is_family_first

LATEST_DAYS = 10
"""Days after delivery until which a review is written."""
QUICK_DAYS = 3.5
"""Less than so many days from the click to the door are told as fast."""
EXPERIENCES = {
    **dict.fromkeys(("damaged", "described", "wrong"), "fault"),
    **dict.fromkeys(("fit", "mind"), "taste"),
    "late": "late",
    "in time": "fine",
}
"""How what happened is felt."""
NAME = "[^.!?]{1,80}?"
"""A brand or a colour within a sentence."""
UNSEEN = frozenset({"coffee_tea", "pantry", "snacks", "books", "magazines", "pet_food", "vitamins"})
"""Categories whose colour nobody writes of."""


def experience(order_line: ParentRef) -> Text:
    return order_line.event.map(EXPERIENCES.__getitem__)


def stars(product: Ref, experience: Text, draw: Draw, data: Data) -> Ints:
    table = data["review_stars"]
    return table.ints("stars")[draw.pick(table.by("quality", "experience"), product.quality, experience)]


def title(stars: Ints, draw: Draw, data: Data) -> Text:
    return phrase("title", stars, "any", draw, data)


def opening(stars: Ints, draw: Draw, data: Data) -> Text:
    return phrase("opening", stars, "any", draw, data)


def text(opening: Text, stars: Ints, order_line: ParentRef, product: Ref, draw: Draw, data: Data) -> Text:
    """What was written: how it is, who made it, how it looks, what happened; not everybody writes of everything."""
    brand = filled(phrase("brand", stars, "any", draw, data), product.brand).where(draw.chance(0.45, "names the brand"))
    seen = draw.chance(0.35, "tells the colour") & ~product.category_code.isin(UNSEEN)
    color = filled(phrase("color", stars, "any", draw, data), product.color).where(seen)
    event = happened(order_line, draw, stars, data)
    detail = phrase("detail", stars, "any", draw, data).where(draw.chance(0.5, "goes on"))
    return join_present(opening, brand, color, event, detail)


def phrase(part: str, stars: Ints, about: Text | str, draw: Draw, data: Data) -> Text:
    table = data["review_phrases"]
    parts, abouts = (Text.constant(each, len(stars)) if isinstance(each, str) else each for each in (part, about))
    return table["phrase"].take(draw.pick(table.by("part", "stars", "about"), parts, stars, abouts, label=part))


def happened(order_line: ParentRef, draw: Draw, stars: Ints, data: Data) -> Text:
    in_time = order_line.event == "in time"
    days = (order_line.order.delivered_at_planned - order_line.order.date) / np.timedelta64(1, "D")
    about = where(in_time & (days < QUICK_DAYS), Text.constant("fast", len(stars)), order_line.event)
    sentence = phrase("event", stars, about, draw, data)
    return sentence.where((sentence != "") & draw.chance(np.where(in_time, 0.35, 0.85), "tells what happened"))


def filled(phrase: Text, word: Text) -> Text:
    """A phrase with the word where its braces are."""
    before, after = (phrase.map(partial(_side, side=side)) for side in (0, 2))
    return join(before, word, after)


def _side(phrase: str, side: int) -> str:
    return phrase.partition("{}")[side]


def text_fits_stars(title: Text, text: Text, stars: Ints, data: Data) -> Bools:
    """The title is one of the stars', and so are all sentences: an opening, and at most one of each other part."""
    forms = forms_of(data["review_phrases"])
    found = [
        number in forms and headline in forms[number][0] and forms[number][1].fullmatch(written or "") is not None
        for headline, written, number in zip(title.tolist(), text.tolist(), stars.tolist(), strict=True)
    ]
    return np.array(found, dtype=np.bool_)


@lru_cache(maxsize=16)
def forms_of(table: Table) -> dict[int, tuple[frozenset[str], re.Pattern[str]]]:
    """By stars the titles and what texts look like; a name stands where a phrase has braces."""
    parts: dict[tuple[int, str], list[str]] = {}
    columns = (table.columns[name] for name in ("stars", "part", "phrase"))
    for stars, part, phrase in zip(*columns, strict=True):
        if phrase:
            parts.setdefault((int(stars), part), []).append(phrase)

    def one_of(stars: int, part: str) -> str:
        return "|".join(re.escape(phrase).replace(re.escape("{}"), NAME) for phrase in parts[stars, part])

    return {
        stars: (
            frozenset(parts[stars, "title"]),
            re.compile(
                f"(?:{one_of(stars, 'opening')})"
                + "".join(f"(?: (?:{one_of(stars, part)}))?" for part in ("brand", "color", "event", "detail"))
            ),
        )
        for stars in sorted({stars for stars, _ in parts})
    }


def written_at(order_line: ParentRef, draw: Draw) -> Dates:
    seconds = draw.integers(3 * 3600, LATEST_DAYS * 86_400)
    return order_line.order.delivered_at_planned + seconds.astype("timedelta64[s]")


def helpful_votes(stars: Ints, written_at: Dates, draw: Draw, clock: Clock) -> Ints:
    # Criticism is read more: a skewed count, twice as long a tail for one to three stars. Votes gather, fewer every month.
    drawn = draw.uniform()
    longest = np.where(stars <= 3, 60, 30)
    days = np.maximum((clock.instant - written_at) / np.timedelta64(1, "D"), 0.0)
    return (drawn * drawn * drawn * drawn * longest * days / (days + 240.0)).astype(np.int64)


def author(customer: Ref, data: Data) -> Text:
    initial = customer.family_name.slice(0, 1)
    if is_family_first(data):
        return join(initial, ". ", customer.given_name)
    return join(customer.given_name, " ", initial, ".")
