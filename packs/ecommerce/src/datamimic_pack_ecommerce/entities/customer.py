"""Customer: a person with an account in the shop, and what the account adds up to."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Text,
    check,
    children,
    count_of,
    entity,
    field,
    from_row,
    option,
    options,
    role,
    serial,
    sum_of,
)
from datamimic.columns import Bools, Dates, Ints, years_between
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.entities.person import Person
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_ecommerce.amounts import Shop
from datamimic_pack_ecommerce.customers import standing

if TYPE_CHECKING:
    from datamimic_pack_ecommerce import Order


@options
class CustomerOptions(PersonOptions):
    """Adults, as many of each age as the country has."""

    min_age: int | None = option(
        standing.YOUNGEST, doc="youngest age in completed years", minimum=standing.YOUNGEST, maximum=115
    )
    max_age: int | None = option(90, doc="oldest age in completed years", minimum=standing.YOUNGEST, maximum=115)


@entity(
    "customer",
    happens="registered_at",
    options=CustomerOptions,
    hide=("household", "household_role", "partner", "mother", "father", "employer", "employer_name"),
    tables=(
        "shop", "hour_profile", "weekday_profile", "month_profile", "campaign_days", "consents", "customer_segments",
        "loyalty_tiers", "order_counts", "registration_channels",
    ),
)  # fmt: skip
class Customer(Person):
    """A person with an account in the shop: when it was opened, what was agreed to, and what all orders add up to."""

    # identity
    person: Person | None = field(
        role(Person, shares="customer_shares"),
        hidden=True,
        doc="who it is; null for people of a population of their own",
    )
    customer_id: str = field(serial("CUST-{country}-########", grows=True), key=True, doc="number of the customer")
    orders: list[Order] = field(children("ecommerce.order"), doc="the customer's orders")

    # account
    reviewed: bool = field(standing.reviewed, internal=True, doc="has written a review")
    at_work: bool = field(standing.at_work, internal=True, doc="shops at the hours of those who work by day")
    registered_busy: float = field(standing.registered_busy, internal=True)
    registered_at: datetime = field(standing.registered_at, doc="when the account was opened")
    channel_row: int = field(standing.channel_row, internal=True)
    channel: str = field(
        from_row("registration_channels", "channel", row="channel_row"), doc="how the customer found the shop"
    )

    # consents
    newsletter_consent: bool = field(standing.newsletter_consent, doc="agreed to the newsletter")
    advertising_consent: bool = field(standing.consent("advertising"), doc="agreed to personalised advertising")
    analytics_consent: bool = field(standing.consent("analytics"), doc="agreed to analytics cookies")

    # what was bought
    currency: str = field(
        lambda rows, data: Text.constant(Shop.read(data).currency, len(rows)), doc="currency of the account, ISO 4217"
    )
    order_count: int = field(count_of("orders"), doc="number of orders")
    last_order_at: datetime | None = field(standing.last_order_at, doc="when the last order was placed")
    lifetime_value: Decimal = field(sum_of("orders", "total_amount"), doc="sum of the totals of all orders")
    net_value: Decimal = field(sum_of("orders", "kept_amount"), doc="the same without cancelled orders and refunds")
    segment: str = field(standing.segment, doc="segment by number of orders")
    loyalty_tier: str = field(standing.loyalty_tier, doc="tier by lifetime value")


@check(Customer, "nobody was younger than 17 when the account was opened, and that was before the clock")
def registers_when_grown(registered_at: Dates, birthdate: Dates, clock: Clock) -> Bools:
    grown = years_between(birthdate, registered_at.astype("datetime64[D]")) >= standing.YOUNGEST_TO_REGISTER
    return grown & (registered_at <= clock.instant)


@check(Customer, "the last order comes after the registration, and exists when there are orders")
def orders_follow_registration(last_order_at: Any, registered_at: Dates, order_count: Ints, clock: Clock) -> Bools:
    missing = np.ma.getmaskarray(last_order_at)
    placed = np.ma.filled(last_order_at, registered_at.max() if len(registered_at) else clock.instant)
    later = missing | ((placed >= registered_at) & (placed <= clock.instant))
    return later & (missing == (order_count == 0))


@check(Customer, "segment and tier are those of the orders and their value; nothing was spent without an order")
def standing_fits_orders(
    segment: Text, loyalty_tier: Text, order_count: Ints, lifetime_value: Ints, net_value: Ints, data: Data
) -> Bools:
    fits = (segment == standing.tier_of(order_count, data["customer_segments"], "orders", "segment")) & (
        loyalty_tier == standing.tier_of(lifetime_value, data["loyalty_tiers"], "spent_cents", "tier")
    )
    sums = (lifetime_value >= net_value) & (net_value >= 0) & ((order_count > 0) | (lifetime_value == 0))
    return fits & sums


class CustomerService(PeopleService[Customer]):
    """Customers of one country's shop: adults of up to 90 years, unless asked otherwise."""
