"""What is told and cleared after it was authorised: with the keys of its authorisation, at what was taken in the end."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve

from datamimic import Breaks
from datamimic.formats.documents import Piece, compact, of, only_with, part, together
from datamimic_pack_finance.messages.iso8583.network import PAID, Fields, Network, Of1987, Of1993, paid, taken

ACCURATE = "100"
"""Function code of an authorisation whose amount is accurate."""
CLEARED = Breaks(date="authorised_at", amount=f"{PAID}.amount", account=f"{PAID}.number", without=("rejected",))
"""What is late was transmitted later than it was made; only requests are declined."""


class Clearing1987(Of1987):
    """Completions 0220 with their answers 0230: ISO 8583:1987."""

    name = "iso8583.1987.clearing"
    happens = "is_cleared"
    breaks = CLEARED

    def document(self) -> Piece:
        sent = {
            **self.card(), **taken(), 15: of(f"{PAID}.cleared", part(2)), 38: of("approval_code"), **self.original(),
        }  # fmt: skip
        return together(self.message("220", sent, self.place()), self.message("230", sent, {39: "00"}))


class Clearing1993(Of1993):
    """Presentments 1240, chargebacks 1442 and what is presented again: ISO 8583:1993."""

    name = "iso8583.1993.clearing"
    happens = "is_cleared"
    breaks = CLEARED

    def document(self) -> Piece:
        first = {
            **self.card(), **taken(), 15: paid("cleared"), 24: paid("clearing_function"),
            30: together(paid("authorised"), "0" * 12), 31: of("acquirer_reference"), 38: of("approval_code"),
        }  # fmt: skip
        dispute = {25: of("dispute_code"), 31: of("acquirer_reference"), **self.original()}
        again = {30: together(paid("amount"), "0" * 12)}
        return together(
            self.message("240", first, self.place()),
            only_with(
                "disputed_on",
                self.message("442", self.card(), taken(), dispute, again, {11: paid("dispute_trace"), 24: "450"}),
            ),
            only_with(
                "represented_on",
                self.message("240", self.card(), taken(), dispute, again, {11: paid("representment_trace"), 24: "205"}),
            ),
        )


class _Advices(Network):
    """What is told and answered in both versions."""

    happens = f"{PAID}.advice_trace"
    breaks = evolve(CLEARED, date=f"{PAID}.advised")
    told: ClassVar[Fields] = {}
    answered: ClassVar[Fields]

    def document(self) -> Piece:
        sent = {
            **self.card(), **taken(), 7: of(f"{PAID}.advised", compact, part(4)), 11: paid("advice_trace"),
            38: of("approval_code"), **self.original(),
        }  # fmt: skip
        return together(self.message("120", sent, self.place(), self.told), self.message("130", sent, self.answered))


class Advices1987(_Advices, Of1987):
    """Advices 0120 of filling stations with their answers 0130: what was filled, of more that was authorised."""

    name = "iso8583.1987.advice"
    answered: ClassVar[Fields] = {39: "00"}


class Advices1993(_Advices, Of1993):
    """Advices 1120 of filling stations with their answers 1130: what was filled, of more that was authorised."""

    name = "iso8583.1993.advice"
    told: ClassVar[Fields] = {24: ACCURATE}
    answered: ClassVar[Fields] = {39: "000"}
