"""StockMovement: pieces of an article that came into the warehouse or went out of it, and what there was then."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from datamimic import Clock, Entity, Service, Text, check, entity, field, parent, ref, serial, via
from datamimic.columns import Bools, Dates, Ints, select
from datamimic_pack_ecommerce import movements
from datamimic_pack_ecommerce.entities.order_line import OrderLine
from datamimic_pack_ecommerce.entities.product import Product


@entity(
    "stock_movement",
    size=2_000_000_000,
    happens="booked_at",
    looks_at=("ecommerce.order_line", "common.company", "common.city"),
    tables=("shop", "warehouse", "delivery_holidays"),
)
class StockMovement(Entity):
    """An entry of the warehouse's ledger: what moved of an article, when and why, and the stock before and after it."""

    movement_id: str = field(
        serial("MOV-{country}-##########", grows=True), key=True, doc="number of the movement in this world"
    )
    product: Product = field(parent(Product, counts=movements.number), doc="the article")
    warehouse: str = field(via("product.warehouse.gln"), doc="GLN of the warehouse")
    number: int = field(lambda product: product.index + 1, doc="number of the movement of the article, from 1 on")
    entry: movements.Entry = field(movements.entry, internal=True, doc="what moved")
    kind: str = field(
        lambda entry: select(entry.kind, movements.KINDS),
        doc="opening (when the article came into the catalogue), receipt (lots of the supplier), sale, or cancellation "
        "(of the order, which gives back)",
    )
    booked_at: datetime = field(via("entry.at"), doc="when")
    quantity: int = field(via("entry.quantity"), doc="pieces: positive what came in, negative what went out")
    stock_before: int = field(via("entry.before"), doc="pieces in stock before it")
    stock_after: int = field(lambda stock_before, quantity: stock_before + quantity, doc="pieces in stock after it")
    order_line: OrderLine | None = field(
        ref(OrderLine, by=movements.line), doc="line that was sold or cancelled; null for openings and receipts"
    )
    unit_cost: Decimal = field(via("product.cost"), doc="what the shop pays for a piece, without tax")
    currency: str = field(via("product.currency"), doc="ISO 4217 code")
    value: Decimal = field(lambda quantity, unit_cost: quantity * unit_cost, doc="quantity x unit cost")


@check(StockMovement, "stock after = stock before + quantity, and the stock was enough")
def stock_adds_up(stock_before: Ints, quantity: Ints, stock_after: Ints) -> Bools:
    return (stock_after == stock_before + quantity) & (stock_before >= 0) & (stock_after >= 0)


@check(StockMovement, "sales go out, and everything else comes in; the first movement is the opening, from nothing")
def kind_has_its_direction(kind: Text, quantity: Ints, number: Ints, stock_before: Ints) -> Bools:
    opens = (kind == "opening") == (number == 1)
    return (movements.goes_out(kind) == (quantity < 0)) & (quantity != 0) & opens & ((number > 1) | (stock_before == 0))


@check(StockMovement, "value = quantity x unit cost, and nothing moves after the clock")
def value_of_pieces(quantity: Ints, unit_cost: Ints, value: Ints, booked_at: Dates, clock: Clock) -> Bools:
    return (value == quantity * unit_cost) & (booked_at <= clock.instant)


class StockMovementService(Service[StockMovement]):
    """Movements of the stock, article after article."""
