from datamimic import World, entity, field, parent, ref, revisit, serial


@entity("shop", size=500)
class Shop:
    """A shop."""

    shop_id: str = field(serial("S-###"), key=True, doc="number")


@entity("customer", size=500)
class Customer:
    """A customer."""

    customer_id: str = field(serial("C-###"), key=True, doc="number")


@entity("purchase")
class Purchase:
    """A purchase, mostly where the last one was."""

    customer: Customer = field(parent(Customer, counts={20: 1}), doc="who buys")
    shop: Shop = field(revisit(ref(Shop), chance=0.9, among="last"), doc="where")


assert len({each.shop.shop_id for each in World("demo")[Purchase][0:20]}) < 10
