"""What messages of both versions share: how they are written, and the fields that all of them repeat."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from datamimic import setting
from datamimic.formats.documents import Bitmaps, Message, Negative, Piece, compact, of, part, together
from datamimic_pack_finance.messages.iso8583.broken import negatives
from datamimic_pack_finance.messages.iso8583.forms import OF_1987, OF_1993

Fields = Mapping[int, Piece | str]
PAID = "wire"
_HEADERS: dict[str, Literal["none", "binary", "ascii"]] = {"none": "none", "binary": "binary", "ascii": "ascii"}


class Network(Message):
    """Messages of a payment by a card of the world. Their settings are what the standard leaves open."""

    suffixes = (".iso8583",)
    entity = "finance.card_payment"
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

    def card(self) -> Fields:
        """Who pays, when and where."""
        return {
            2: paid("number"), 3: paid("processing_code"), 7: transmitted(), 11: paid("trace"),
            19: paid("acquirer_country"), 32: paid("acquirer"), 37: paid("reference"), 41: paid("terminal"),
            42: paid("merchant"), 49: paid("currency"),
        }  # fmt: skip

    @abstractmethod
    def place(self) -> Fields:
        """Where the card was, and how it was read; not repeated in answers."""

    @abstractmethod
    def original(self) -> Fields:
        """The message that is meant: its type, trace, moment and acquirer."""


class Of1987(Network):
    """Version 1987."""

    version = "0"
    forms = OF_1987

    def card(self) -> Fields:
        moment = f"{PAID}.local_time"
        own = {12: of(moment, part(6)), 13: of(moment, part(2, 6)), 18: of("mcc"), 25: paid("condition")}
        return {**super().card(), **own}

    def place(self) -> Fields:
        return {14: paid("expiry"), 22: paid("entry_mode"), 35: paid("track"), 43: paid("place")}

    def original(self) -> Fields:
        """With the moment of its transmission."""
        trace, moment = paid("trace"), transmitted()
        return {90: together("0", paid("message_class"), "00", trace, moment, "00000", paid("acquirer"), "0" * 11)}


class Of1993(Network):
    """Version 1993."""

    version = "1"
    forms = OF_1993

    def card(self) -> Fields:
        return {**super().card(), 12: paid("local_time"), 26: of("mcc")}

    def place(self) -> Fields:
        return {14: paid("expiry"), 22: paid("point_of_service"), 35: paid("track"), 43: paid("address")}

    def original(self) -> Fields:
        """With its moment by the clocks of the shop."""
        trace, moment = paid("trace"), paid("local_time")
        return {56: together("1", paid("message_class"), "00", trace, moment, "06", paid("acquirer"))}


def paid(name: str) -> Piece:
    """A part of the payment."""
    return of(f"{PAID}.{name}")


def transmitted() -> Piece:
    """When a payment was asked for, `MMDDhhmmss`, UTC."""
    return of("authorised_at", compact, part(4))


def asked() -> Fields:
    """What is asked for, and what is billed for it in another currency."""
    return {4: paid("authorised"), 6: paid("billed"), 10: paid("rate"), 51: paid("billing_currency")}


def taken() -> Fields:
    """What is cleared."""
    return {4: paid("amount"), 6: paid("billed"), 10: paid("rate"), 51: paid("billing_currency")}
