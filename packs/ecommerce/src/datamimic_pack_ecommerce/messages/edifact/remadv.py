"""REMADV: which bill a payment is for, when both the money and the bill are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, of
from datamimic_pack_ecommerce.messages.edifact.interchange import (
    TradeMessage,
    amount,
    components,
    currency,
    day,
    group,
    party,
    reference,
    segment,
)


class RemittanceAdvice(TradeMessage):
    kind = "REMADV"
    entity = "ecommerce.order"
    happens = "papers.advised_on"
    mandatory = ("BGM", "UNS")
    longest: ClassVar[Mapping[str, int]] = {"BGM.2": 35}
    breaks = Breaks(date="papers.advised_on", amount="total_amount", account="buyer.gln", without=("rejected",))
    from_seller = False

    def negatives(self) -> Sequence[Negative]:
        # An advice of one bill has no lines.
        return [each for each in super().negatives() if each.name not in ("wrong_gtin", "wrong_line_count")]

    def body(self) -> Piece:
        return group(
            segment("BGM", "481", of("papers.remittance_number"), "9"),
            day("137", "papers.advised_on"),
            day("138", "papers.settled_on"),
            party("PR", "buyer"),
            party("PE", "seller"),
            currency("11"),
            segment("DOC", "380", components(of("papers.invoice_number"))),
            amount("9", "total_amount"),
            amount("12", "total_amount"),
            day("137", "papers.shipped_on"),
            reference("ON", of("order_id")),
            segment("UNS", "S"),
            amount("12", "total_amount"),
        )


class RemittanceAdviceD01B(RemittanceAdvice):
    """Which bill a customer's payment is for, and how much of it."""

    name = "edifact.remadv.d01b"
    release = "01B"


class RemittanceAdviceD96A(RemittanceAdvice):
    """Which bill a customer's payment is for, and how much of it; directory D.96A."""

    name = "edifact.remadv.d96a"
    release = "96A"
