"""What customers write of what they bought: stars, words, when."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, ParentRef, Ref, Text
from datamimic.columns import Dates, Ints, join, join_present
from datamimic_pack_common.people.naming import is_family_first

LATEST_DAYS = 10
"""Days after delivery until which a review is written."""


def stars(product: Ref, draw: Draw, data: Data) -> Ints:
    table = data["review_stars"]
    return table.ints("stars")[draw.pick(table.by("quality"), product.quality)]


def title(stars: Ints, draw: Draw, data: Data) -> Text:
    return phrase("title", stars, draw, data)


def opening(stars: Ints, draw: Draw, data: Data) -> Text:
    return phrase("opening", stars, draw, data)


def detail(stars: Ints, draw: Draw, data: Data) -> Text:
    return phrase("detail", stars, draw, data).where(draw.chance(0.7, "goes on"))


def phrase(part: str, stars: Ints, draw: Draw, data: Data) -> Text:
    table = data["review_phrases"]
    rows = draw.pick(table.by("part", "stars"), Text.constant(part, len(stars)), stars)
    return table["phrase"].take(rows)


def text(opening: Text, detail: Text) -> Text:
    return join_present(opening, detail)


def written_at(order_line: ParentRef, draw: Draw) -> Dates:
    seconds = draw.integers(3 * 3600, LATEST_DAYS * 86_400)
    return order_line.order.delivered_at_planned + seconds.astype("timedelta64[s]")


def helpful_votes(stars: Ints, draw: Draw) -> Ints:
    # Criticism is read more: a skewed count, twice as long a tail for one to three stars.
    drawn = draw.uniform()
    longest = np.where(stars <= 3, 40, 20)
    return (drawn * drawn * drawn * drawn * longest).astype(np.int64)


def author(customer: Ref, data: Data) -> Text:
    initial = customer.family_name.slice(0, 1)
    if is_family_first(data):
        return join(initial, ". ", customer.given_name)
    return join(customer.given_name, " ", initial, ".")
