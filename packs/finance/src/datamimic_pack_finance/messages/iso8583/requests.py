"""Requests for payments and their answers: approved, declined, or approved and taken back."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from datamimic import Breaks, setting
from datamimic.formats.documents import Piece, of, only_with, together
from datamimic_pack_finance.messages.iso8583.network import PAID, Fields, Network, Of1987, Of1993, asked, paid


class _Requests(Network):
    """What is asked and answered in both versions; what was approved too late is taken back in full."""

    too_late: ClassVar[Fields]
    taken_back: ClassVar[Fields]
    reversals: str = setting(
        "advice",
        "How an approved payment is taken back: advice (0420 and 0430, which cannot be declined) or request (0400 and 0410).",
        choices=("advice", "request"),
    )

    def document(self) -> Piece:
        kind, shared = together(paid("message_class")), (self.card(), asked())
        answer: Fields = {38: of("approval_code"), 39: self.answer(), 44: paid("checked")}
        taken_back: Fields = {
            **self.card(), **asked(), 7: paid("reversal_transmitted"), 11: paid("reversal_trace"), 38: of("approval_code"),
            **self.original(),
        }  # fmt: skip
        back, answered = ("420", "430") if self.reversals == "advice" else ("400", "410")
        return together(
            self.message(together(kind, "00"), *shared, self.place(), self.function()),
            self.message(together(kind, "10"), *shared, answer),
            only_with(
                f"{PAID}.reversal_trace",
                self.message(back, taken_back, self.too_late),
                self.message(answered, taken_back, self.taken_back),
            ),
        )

    def function(self) -> Fields:
        """What a request says of what is asked for, beside its type."""
        return {}

    @abstractmethod
    def answer(self) -> Piece:
        """Field 39 of the answer."""


class Requests1987(_Requests, Of1987):
    """Authorisations 0100 and cash 0200 with their answers 0110 and 0210, and reversals 0420 with 0430: ISO 8583:1987."""

    name = "iso8583.1987.authorisation"
    breaks = Breaks(
        date="authorised_at",
        amount=f"{PAID}.authorised",
        account=f"{PAID}.number",
        status="response_code",
        rejected="05",
    )
    too_late: ClassVar[Fields] = {39: "68"}
    taken_back: ClassVar[Fields] = {39: "00"}

    def answer(self) -> Piece:
        return of("response_code")


class Requests1993(_Requests, Of1993):
    """Authorisations 1100 and cash 1200 with their answers 1110 and 1210, and reversals 1420 with 1430: ISO 8583:1993."""

    name = "iso8583.1993.authorisation"
    breaks = Breaks(
        date="authorised_at",
        amount=f"{PAID}.authorised",
        account=f"{PAID}.number",
        status=f"{PAID}.action_code",
        rejected="100",
    )
    too_late: ClassVar[Fields] = {24: "400"}
    taken_back: ClassVar[Fields] = {39: "400"}

    def answer(self) -> Piece:
        return paid("action_code")

    def function(self) -> Fields:
        return {24: paid("function_code")}
