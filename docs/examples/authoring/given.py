from datetime import date

import pyarrow as pa
from datamimic import World, entity, field, given, number, parent, source


@entity("customer", rows=source())
class Customer:
    """A customer that exists: whoever makes a world gives the rows."""

    customer_no: str = field(given("customer_number"), key=True, doc="number")
    since: date = field(given(), doc="day of the first order")
    score: int = field(number(1, 100), doc="score, which is made")


@entity("order")
class Order:
    """What a customer orders."""

    customer: Customer = field(parent(Customer, counts={1: 1, 2: 1}), doc="who orders")


customers = pa.table({"customer_number": ["C-1", "C-2"], "since": [date(2024, 5, 1), date(2025, 2, 28)]})
world = World("demo", given={Customer: customers})
assert world[Customer].find("C-2") == 1
assert {order.customer.customer_no for order in world[Order]} == {"C-1", "C-2"}
