from collections.abc import Mapping
from typing import ClassVar

from datamimic.formats.documents import Message, Negative, Piece, element, instead, of


class Order(Message):
    """An order, as XML."""

    name = "shop.order"
    suffixes = (".xml",)
    entity = "shop.order"
    several = False
    countries = ("DE", "AT")
    mandatory = ("Id",)
    longest: ClassVar[Mapping[str, int]] = {"Id": 35}

    def document(self) -> Piece:
        return element("Order", element("Id", of("order_no")), element("Total", of("total")))

    def negatives(self) -> list[Negative]:
        no_total = Negative(
            "empty_total", "an order has a total", lambda text, number: text.replace("<Total>", "<Total/>")
        )
        below_zero = Negative(
            "negative_total", "a total is not below zero", instead("<Total>([0-9]+)", lambda total: f"-{total}")
        )
        return [*super().negatives(), no_total, below_zero]


rules = {rule.name: rule for rule in Order().negatives()}
assert {"unclosed_element", "missing_field", "overlong_field", "empty_total"} <= rules.keys()
assert rules["missing_field"].broken("<Order><Id>A1</Id></Order>", 0) == "<Order></Order>"
assert rules["negative_total"].broken("<Order><Total>7</Total></Order>", 0) == "<Order><Total>-7</Total></Order>"
assert not Order.suits("US")
