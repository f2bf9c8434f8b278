"""ORDRSP: the answer to an order, when it is packed, or when it was cancelled before."""

from __future__ import annotations

from attrs import evolve

from datamimic.formats.documents import Piece, named, of
from datamimic_pack_ecommerce.messages import broken
from datamimic_pack_ecommerce.messages.edifact.interchange import day, group, reference, segment
from datamimic_pack_ecommerce.messages.edifact.orders import Orders

ACCEPTED, REFUSED = "29", "27"
"""Functions of the answer, UNTDID 1225: accepted without amendment, not accepted."""
LINE_ACCEPTED, LINE_REFUSED = "5", "7"
"""What becomes of a line, UNTDID 1229."""


class Response(Orders):
    kind = "ORDRSP"
    happens = "papers.answered_on"
    breaks = evolve(
        broken.of_order("papers.answered_on", "total_amount", "net"), status="is_cancelled", rejected=True, without=()
    )
    from_seller = True

    def body(self) -> Piece:
        function = of("is_cancelled", named({False: ACCEPTED, True: REFUSED}))
        return group(
            segment("BGM", "231", of("papers.answer_number"), function),
            day("137", "papers.answered_on"),
            reference("ON", of("order_id")),
            self.parties_and_terms(),
            self.lines(of("..is_cancelled", named({False: LINE_ACCEPTED, True: LINE_REFUSED}))),
            self.totals(),
        )


class ResponseD01B(Response):
    """The answer to an order: accepted when it is packed, not accepted when it was cancelled."""

    name = "edifact.ordrsp.d01b"
    release = "01B"


class ResponseD96A(Response):
    """The answer to an order: accepted when it is packed, not accepted when it was cancelled; directory D.96A."""

    name = "edifact.ordrsp.d96a"
    release = "96A"
