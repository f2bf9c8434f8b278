"""What is cleared after it was authorised: with the keys of its authorisation, at what was taken in the end."""

from __future__ import annotations

from datamimic import Breaks
from datamimic.formats.documents import Piece, of, only_with, part, together
from datamimic_pack_finance.messages.iso8583.network import PAID, Of1987, Of1993, paid, taken


class Clearing1987(Of1987):
    """Completions 0220 with their answers 0230: ISO 8583:1987."""

    name = "iso8583.1987.clearing"
    happens = "card_cleared"
    breaks = Breaks(amount=f"{PAID}.amount", account=f"{PAID}.number", without=("late", "rejected"))

    def document(self) -> Piece:
        sent = {
            **self.card(), **taken(), 15: of(f"{PAID}.cleared", part(2)), 38: paid("approval"), 90: self.original(),
        }  # fmt: skip
        return together(self.message("220", sent, self.place()), self.message("230", sent, {39: "00"}))


class Clearing1993(Of1993):
    """Presentments 1240, chargebacks 1442 and what is presented again: ISO 8583:1993."""

    name = "iso8583.1993.clearing"
    happens = "card_cleared"
    breaks = Breaks(amount=f"{PAID}.amount", account=f"{PAID}.number", without=("late", "rejected"))

    def document(self) -> Piece:
        first = {
            **self.card(), **taken(), 15: paid("cleared"), 24: paid("clearing_function"),
            30: together(paid("authorised"), "0" * 12), 31: paid("acquirer_reference"), 38: paid("approval"),
        }  # fmt: skip
        dispute = {25: paid("dispute_code"), 31: paid("acquirer_reference"), 56: self.original()}
        again = {30: together(paid("amount"), "0" * 12)}
        return together(
            self.message("240", first, self.place()),
            only_with(
                f"{PAID}.disputed_on",
                self.message("442", self.card(), taken(), dispute, again, {11: paid("dispute_trace"), 24: "450"}),
            ),
            only_with(
                f"{PAID}.represented_on",
                self.message("240", self.card(), taken(), dispute, again, {11: paid("representment_trace"), 24: "205"}),
            ),
        )
