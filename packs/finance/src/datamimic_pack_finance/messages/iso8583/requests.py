"""Requests for payments and their answers: what was asked before and declined or taken back, then what was approved."""

from __future__ import annotations

from datamimic import Breaks
from datamimic.formats.documents import Piece, only_with, together
from datamimic_pack_finance.messages.iso8583.network import PAID, Of1987, Of1993, asked, paid

_DECLINED, _REVERSED = f"{PAID}.declined_trace", f"{PAID}.reversed_trace"


class Requests1987(Of1987):
    """Authorisations 0100 and cash 0200 with their answers 0110 and 0210, and reversals 0420 with 0430: ISO 8583:1987."""

    name = "iso8583.1987.authorisation"
    happens = "by_card"
    breaks = Breaks(amount=f"{PAID}.authorised", account=f"{PAID}.number", without=("late", "rejected"))

    def document(self) -> Piece:
        return together(
            only_with(_REVERSED, self._approved("reversed_"), self._reversal()),
            only_with(_DECLINED, *self._pair("declined_", {39: paid("response_code")})),
            self._approved(""),
        )

    def _approved(self, sent: str) -> Piece:
        return together(*self._pair(sent, {38: paid(f"{sent}approval"), 39: "00"}))

    def _pair(self, sent: str, answer: dict[int, Piece | str]) -> tuple[Piece, Piece]:
        request = self.message(together(paid("message_class"), "00"), self.card(sent), asked(), self.place())
        return request, self.message(together(paid("message_class"), "10"), self.card(sent), asked(), answer)

    def _reversal(self) -> Piece:
        """What was approved too late is taken back: an advice, and its answer."""
        sent = {
            **self.card("reversed_"), **asked(), 7: paid("reversal_transmitted"), 11: paid("reversal_trace"),
            38: paid("reversed_approval"), 90: self.original("reversed_"),
        }  # fmt: skip
        return together(self.message("420", sent, {39: "68"}), self.message("430", sent, {39: "00"}))


class Requests1993(Of1993):
    """Authorisations 1100 and cash 1200 with their answers 1110 and 1210, and reversals 1420 with 1430: ISO 8583:1993."""

    name = "iso8583.1993.authorisation"
    happens = "by_card"
    breaks = Breaks(amount=f"{PAID}.authorised", account=f"{PAID}.number", without=("late", "rejected"))

    def document(self) -> Piece:
        return together(
            only_with(_REVERSED, self._approved("reversed_"), self._reversal()),
            only_with(_DECLINED, *self._pair("declined_", {39: paid("action_code")})),
            self._approved(""),
        )

    def _approved(self, sent: str) -> Piece:
        return together(*self._pair(sent, {38: paid(f"{sent}approval"), 39: "000"}))

    def _pair(self, sent: str, answer: dict[int, Piece | str]) -> tuple[Piece, Piece]:
        function = {24: paid("function_code")}
        request = self.message(together(paid("message_class"), "00"), self.card(sent), asked(), self.place(), function)
        return request, self.message(together(paid("message_class"), "10"), self.card(sent), asked(), answer)

    def _reversal(self) -> Piece:
        """What was approved too late is taken back in full: an advice, and its answer."""
        sent = {
            **self.card("reversed_"), **asked(), 7: paid("reversal_transmitted"), 11: paid("reversal_trace"),
            38: paid("reversed_approval"), 56: self.original("reversed_"),
        }  # fmt: skip
        return together(self.message("420", sent, {24: "400"}), self.message("430", sent, {39: "400"}))
