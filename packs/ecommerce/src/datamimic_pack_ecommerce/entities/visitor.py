"""Visitor: a browser that comes to the shop, of a customer or of a stranger."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from datamimic import Clock, Entity, Service, check, children, count_of, entity, field, ref, serial
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_ecommerce.entities.customer import Customer
from datamimic_pack_ecommerce.visits import visitors

if TYPE_CHECKING:
    from datamimic_pack_ecommerce import Session


@entity(
    "visitor",
    size=3_400_000,
    happens="known_at",
    looks_at=("ecommerce.order",),
    tables=("visit_counts",),
)
class Visitor(Entity):
    """Who came to the shop: a customer, known by the account, or a stranger; and when they were seen."""

    visitor_id: str = field(
        serial("VIS-{country}-##########", grows=True), key=True, doc="number of the visitor, as in a cookie"
    )
    customer: Customer | None = field(
        ref(Customer, by=visitors.customer_row), doc="the customer; null for who never opened an account"
    )
    is_customer: bool = field(visitors.is_customer, internal=True)
    known: str = field(visitors.known, internal=True, doc="customer or stranger")
    at_work: bool = field(visitors.at_work, internal=True, doc="comes at the hours of those who work by day")
    orders_placed: int = field(visitors.orders_placed, internal=True)
    first_order: int = field(visitors.first_order, internal=True)
    looking: int = field(visitors.looking, internal=True, doc="visits that lead to no order")
    sessions: list[Session] = field(children("ecommerce.session"), doc="the visitor's sessions")

    known_at: datetime = field(visitors.known_at, internal=True, doc="when the first session ended")
    first_seen_at: datetime = field(visitors.first_seen_at, doc="when the first session began")
    last_seen_at: datetime = field(visitors.last_seen_at, doc="when the last session began")
    channel: str = field(visitors.channel, doc="how the visitor came the first time")
    session_count: int = field(count_of("sessions"), doc="number of sessions")


@check(Visitor, "who was seen was seen first before last, at least once, and not after the clock")
def seen_in_order(first_seen_at: Dates, last_seen_at: Dates, session_count: Ints, clock: Clock) -> Bools:
    one = (session_count > 1) | (first_seen_at == last_seen_at)
    return (first_seen_at <= last_seen_at) & (last_seen_at <= clock.instant) & (session_count >= 1) & one


class VisitorService(Service[Visitor]):
    """Visitors of one country's shop, customers among strangers."""
