"""DESADV: what the warehouse has sent: one parcel, with its serial shipping container code and its contents."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic.formats.documents import Negative, Piece, each, of
from datamimic_pack_ecommerce.messages import broken
from datamimic_pack_ecommerce.messages.edifact.interchange import (
    TradeMessage,
    article,
    carrier,
    components,
    day,
    group,
    party,
    quantity,
    reference,
    segment,
)


class DespatchAdvice(TradeMessage):
    kind = "DESADV"
    entity = "ecommerce.order"
    happens = "papers.shipped_on"
    breaks = broken.of_order("papers.shipped_on", "weight", "quantity")

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), broken.another_digit("wrong_sscc", broken.SSCC, r"GIN\+BJ\+\d{17}(\d)")]

    def body(self) -> Piece:
        return group(
            segment("BGM", "351", of("papers.despatch_number"), "9"),
            day("137", "papers.shipped_on"),
            day("11", "papers.shipped_on"),
            segment("MEA", "PD", components("AAD"), components("KGM", of("weight"))),
            reference("ON", of("order_id")),
            reference("CN", of("tracking_number")),
            party("BY", "buyer"),
            party("SU", "seller"),
            party("SF", "warehouse"),
            party("DP", "receiver"),
            carrier(),
            segment("CPS", "1"),
            segment("PAC", "1", None, components("PK")),
            segment("PCI", "24"),
            segment("GIN", "BJ", components(of("sscc"))),
            each(
                "articles",
                article(self),
                segment("MEA", "PD", components("G"), components("KGM", of("weight"))),
                quantity("12", "quantity"),
                reference("ON", of("..order_id"), of("number")),
            ),
            segment("CNT", components("2", of("papers.line_count"))),
        )


class DespatchAdviceD01B(DespatchAdvice):
    """What was sent with an order's parcel, its serial shipping container code (SSCC), weight and carrier."""

    name = "edifact.desadv.d01b"
    release = "01B"


class DespatchAdviceD96A(DespatchAdvice):
    """What was sent with an order's parcel, its SSCC, weight and carrier; directory D.96A."""

    name = "edifact.desadv.d96a"
    release = "96A"
