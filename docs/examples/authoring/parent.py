from datamimic import (
    Children,
    Pack,
    ParentRef,
    Registry,
    World,
    children,
    count_of,
    entity,
    field,
    hookimpl,
    number,
    parent,
    serial,
    sum_of,
)
from datamimic.columns import Ints


def average(lines: Children) -> Ints:
    counts: Ints = lines.counts.clip(1)
    return lines.sum("price") // counts


def place(order: ParentRef) -> Ints:
    return order.index + 1


@entity("order", size=1_000)
class Order:
    """An order."""

    order_id: str = field(serial("O-######"), key=True, doc="number")
    lines: list["Line"] = field(children("shop.line"), doc="what was ordered")
    pieces: int = field(count_of("lines"), doc="how many lines it has")
    total: int = field(sum_of("lines", "price"), doc="what it costs", unit="ct")
    average: int = field(average, doc="what a line costs", unit="ct")


@entity("line")
class Line:
    """A line of an order."""

    order: Order = field(parent(Order, counts={0: 1, 2: 3, 5: 1}), doc="what it belongs to")
    place: int = field(place, doc="which line it is, from 1")
    price: int = field(number(100, 9_900), doc="what it costs", unit="ct")


class Shop:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("shop", "1.0.0", "Orders")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Order, Line]


order = World("demo", packs=Registry.of(Shop()))[Order][3]
assert order.pieces == len(order.lines) and order.total == sum(line.price for line in order.lines)
assert [line.place for line in order.lines] == [*range(1, order.pieces + 1)]
