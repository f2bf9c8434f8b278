"""Review: what a customer wrote about an article after it arrived."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from datamimic import (
    Clock,
    Entity,
    Service,
    check,
    copy_of,
    entity,
    field,
    parent,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_ecommerce import opinions
from datamimic_pack_ecommerce.entities.customer import Customer
from datamimic_pack_ecommerce.entities.order_line import OrderLine
from datamimic_pack_ecommerce.entities.product import Product


@entity("review", size=51_000, happens="written_at", tables=("review_stars", "review_phrases", "review_counts"))
class Review(Entity):
    """A customer's review of an article bought here: written after delivery, text and stars in agreement."""

    # of what, by whom
    review_id: str = field(serial("REV-{country}-##########", grows=True), key=True, doc="number of the review")
    order_line: OrderLine = field(parent(OrderLine, counts="review_counts"), doc="the purchase it is about")
    product: Product = field(copy_of("order_line.product"), doc="the article")
    customer: Customer = field(copy_of("order_line.order.customer"), doc="who wrote it")
    author: str = field(opinions.author, doc="name shown: given name and initial, in the order of the country")

    # opinion
    experience: str = field(opinions.experience, internal=True)
    stars: int = field(opinions.stars, doc="1 to 5 stars")
    title: str = field(opinions.title, doc="headline, in the language of the country")
    opening: str = field(opinions.opening, internal=True)
    text: str = field(opinions.text, doc="what was written, in agreement with the stars")

    # circumstances
    verified: bool = field(lambda order_line: np.ones(len(order_line), dtype=np.bool_), doc="bought in this shop")
    delivered_at: datetime = field(via("order_line.order.delivered_at_planned"), hidden=True, doc="delivery")
    written_at: datetime = field(opinions.written_at, doc="when it was written")
    helpful_votes: int = field(opinions.helpful_votes, doc="readers who found it helpful")


@check(Review, "stars are whole numbers from 1 to 5, votes are not negative")
def stars_in_range(stars: Ints, helpful_votes: Ints) -> Bools:
    return (stars >= 1) & (stars <= 5) & (helpful_votes >= 0)


check(Review, "title and text agree with the stars")(opinions.text_fits_stars)


@check(Review, "it was written after delivery and not after the clock")
def written_after_delivery(written_at: Dates, delivered_at: Dates, clock: Clock) -> Bools:
    return (written_at > delivered_at) & (written_at <= clock.instant)


class ReviewService(Service[Review]):
    """Reviews, purchase after purchase."""
