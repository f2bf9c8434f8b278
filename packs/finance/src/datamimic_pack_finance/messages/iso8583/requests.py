"""Requests for payments and their answers: what was asked before and declined or taken back, then what was approved."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Piece, only_with, together
from datamimic_pack_finance.messages.iso8583.network import PAID, Fields, Network, Of1987, Of1993, asked, paid

_DECLINED, _REVERSED = f"{PAID}.declined_trace", f"{PAID}.reversed_trace"


class _Requests(Network):
    """What is asked and answered in both versions."""

    happens = "by_card"
    breaks = Breaks(amount=f"{PAID}.authorised", account=f"{PAID}.number", without=("late", "rejected"))
    approval: ClassVar[str]
    """Field 39 of an answer that approves."""
    refusal: ClassVar[str]
    """The part of the payment that is field 39 of one that declines."""

    def document(self) -> Piece:
        return together(
            only_with(_REVERSED, self._approved("reversed_"), *self.reversal(self._taken_back())),
            only_with(_DECLINED, *self._pair("declined_", {39: paid(self.refusal)})),
            self._approved(""),
        )

    def function(self) -> Fields:
        """What a request says of what is asked for, beside its type."""
        return {}

    @abstractmethod
    def reversal(self, sent: Fields) -> tuple[Piece, Piece]:
        """What was approved too late is taken back in full: an advice, and its answer."""

    def _approved(self, sent: str) -> Piece:
        return together(*self._pair(sent, {38: paid(f"{sent}approval"), 39: self.approval}))

    def _pair(self, sent: str, answer: Fields) -> tuple[Piece, Piece]:
        kind, shared = paid("message_class"), (self.card(sent), asked())
        request = self.message(together(kind, "00"), *shared, self.place(), self.function())
        return request, self.message(together(kind, "10"), *shared, answer)

    def _taken_back(self) -> Fields:
        return {
            **self.card("reversed_"), **asked(), 7: paid("reversal_transmitted"), 11: paid("reversal_trace"),
            38: paid("reversed_approval"),
        }  # fmt: skip


class Requests1987(_Requests, Of1987):
    """Authorisations 0100 and cash 0200 with their answers 0110 and 0210, and reversals 0420 with 0430: ISO 8583:1987."""

    name = "iso8583.1987.authorisation"
    approval, refusal = "00", "response_code"

    def reversal(self, sent: Fields) -> tuple[Piece, Piece]:
        meant = {90: self.original("reversed_")}
        return self.message("420", sent, meant, {39: "68"}), self.message("430", sent, meant, {39: "00"})


class Requests1993(_Requests, Of1993):
    """Authorisations 1100 and cash 1200 with their answers 1110 and 1210, and reversals 1420 with 1430: ISO 8583:1993."""

    name = "iso8583.1993.authorisation"
    approval, refusal = "000", "action_code"

    def function(self) -> Fields:
        return {24: paid("function_code")}

    def reversal(self, sent: Fields) -> tuple[Piece, Piece]:
        meant = {56: self.original("reversed_")}
        return self.message("420", sent, meant, {24: "400"}), self.message("430", sent, meant, {39: "400"})
