"""What messages of both versions share: how they are written, and the fields that all of them repeat."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from datamimic import setting
from datamimic.formats.documents import Bitmaps, Message, Negative, Piece, of, part, together
from datamimic_pack_finance.messages.iso8583.broken import negatives
from datamimic_pack_finance.messages.iso8583.forms import OF_1987, OF_1993

Fields = Mapping[int, Piece | str]
PAID = "card_payment"
_HEADERS: dict[str, Literal["none", "binary", "ascii"]] = {"none": "none", "binary": "binary", "ascii": "ascii"}


class Network(Message):
    """Messages of a payment by a debit card of the world. Their settings are what the standard leaves open."""

    suffixes = (".iso8583",)
    entity = "finance.transaction"
    charset = "latin-1"
    version: ClassVar[str]
    forms: ClassVar[Mapping[int, str]]

    encoding: str = setting(
        "characters",
        "characters: digits as ASCII, bitmaps as hexadecimal digits; packed: two digits a byte, bitmaps as bytes.",
        choices=("characters", "packed"),
    )
    header: str = setting(
        "ascii",
        "Length before each message: ascii (four digits), binary (two bytes) or none.",
        choices=("ascii", "binary", "none"),
    )

    def negatives(self) -> Sequence[Negative]:
        return negatives(self.encoding == "packed", self.header)

    def message(self, kind: Piece | str, *fields: Fields) -> Piece:
        """A message whose type ends in `kind`, with all fields."""
        bitmaps = Bitmaps(self.forms, self.encoding == "packed", _HEADERS[self.header])
        joined: dict[int, Piece | str] = {number: piece for each in fields for number, piece in each.items()}
        return bitmaps.message(together(self.version, kind), joined)

    def card(self, sent: str = "") -> Fields:
        """Who pays, when and where, by the trace, reference and moments whose names begin with `sent`."""
        return {
            2: paid("number"), 3: paid("processing_code"), 7: paid(f"{sent}transmitted"), 11: paid(f"{sent}trace"),
            19: paid("acquirer_country"), 32: paid("acquirer"), 37: paid(f"{sent}reference"), 41: paid("terminal"),
            42: paid("merchant"), 49: paid("currency"),
        }  # fmt: skip

    @abstractmethod
    def place(self) -> Fields:
        """Where the card was, and how it was read; not repeated in answers."""

    @abstractmethod
    def original(self, sent: str = "") -> Piece:
        """The message that is meant: its type, trace, moment and acquirer."""


class Of1987(Network):
    """Version 1987."""

    version = "0"
    forms = OF_1987

    def card(self, sent: str = "") -> Fields:
        moment = f"{PAID}.{sent}local_time"
        own = {12: of(moment, part(6)), 13: of(moment, part(2, 6)), 18: of("mcc"), 25: paid("condition")}
        return {**super().card(sent), **own}

    def place(self) -> Fields:
        return {14: paid("expiry"), 22: paid("entry_mode"), 35: paid("track"), 43: paid("place")}

    def original(self, sent: str = "") -> Piece:
        """Field 90: type, trace, moment and acquirer of the message that is meant."""
        trace, moment = paid(f"{sent}trace"), paid(f"{sent}transmitted")
        return together("0", paid("message_class"), "00", trace, moment, "00000", paid("acquirer"), "0" * 11)


class Of1993(Network):
    """Version 1993."""

    version = "1"
    forms = OF_1993

    def card(self, sent: str = "") -> Fields:
        return {**super().card(sent), 12: paid(f"{sent}local_time"), 26: of("mcc")}

    def place(self) -> Fields:
        return {14: paid("expiry"), 22: paid("point_of_service"), 35: paid("track"), 43: paid("address")}

    def original(self, sent: str = "") -> Piece:
        """Field 56: type, trace, local moment and acquirer of the message that is meant."""
        return together(
            "1", paid("message_class"), "00", paid(f"{sent}trace"), paid(f"{sent}local_time"), "06", paid("acquirer")
        )  # fmt: skip


def paid(name: str) -> Piece:
    """A part of the payment."""
    return of(f"{PAID}.{name}")


def asked() -> Fields:
    """What is asked for, and what is billed for it in another currency."""
    return {4: paid("authorised"), 6: paid("billed"), 10: paid("rate"), 51: paid("billing_currency")}


def taken() -> Fields:
    """What is cleared."""
    return {4: paid("amount"), 6: paid("billed"), 10: paid("rate"), 51: paid("billing_currency")}
