"""What all EDIFACT messages of the shop have: the interchange around them, the header and trailer of a message, its parts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from datamimic.formats.documents import EDIFACT, Message, Negative, Piece, Rule, compact, of, part, together, under
from datamimic_pack_ecommerce.messages import broken, judged
from datamimic_pack_ecommerce.messages.text import minute, shortest

segment, components, group = EDIFACT.segment, EDIFACT.components, EDIFACT.group
ADVICE: Final = "UNA:+.? '\n"
SYNTAX: Final = ("UNOW", "4")
"""Syntax version 4 with all letters there are, as UTF-8: names are those of the tables."""
LOCATION, BY_GS1, BY_SELLER = "14", "9", "91"
"""What numbers are: a GLN of an interchange, one of GS1, one of the seller's."""
LINE = 35
"""Letters of a line of a name or street."""
DAY = "102"


class TradeMessage(Message):
    """A message of a `release` of the directory D between the shop's front, which speaks for its customers, and the company
    that keeps the shop. Whatever is sent is marked as a test."""

    suffixes = (".edi",)
    mandatory: ClassVar[Sequence[str]] = ("BGM",)
    longest: ClassVar[Mapping[str, int]] = {"BGM.2": 35, "LIN.1": 6}
    kind: ClassVar[str]
    release: ClassVar[str]
    key: ClassVar[str] = "order_id"
    prefix: ClassVar[int] = 7
    """Characters of the key before its digits."""
    from_seller: ClassVar[bool] = True

    @abstractmethod
    def body(self) -> Piece:
        """The segments between header and trailer."""

    def opening(self) -> Piece:
        parties = [components(of(path), LOCATION) for path in ("seller.gln", "front")]
        sender, recipient = parties if self.from_seller else reversed(parties)
        prepared = components(of("prepared_at", compact, part(0, 8)), of("prepared_at", minute))
        reference = of(self.key, part(self.prefix))
        header = segment(
            "UNB", components(*SYNTAX), sender, recipient, prepared, reference, None, self.kind, None, None, None, "1"
        )
        return together(ADVICE, header)

    def closing(self) -> Piece:
        return segment("UNZ", of("#count"), of(self.key, part(self.prefix)))

    def document(self) -> Piece:
        reference = of(self.key, part(self.prefix))
        header = segment("UNH", reference, components(self.kind, "D", self.release, "UN"))
        return EDIFACT.counted(group(header, self.body()), segment("UNT", of("#units"), reference))

    def negatives(self) -> Sequence[Negative]:
        return [
            *super().negatives(),
            broken.another_digit("wrong_gln", broken.GLN, r"NAD\+[A-Z]{2}\+\d{12}(\d)::9"),
            broken.another_digit("wrong_gtin", broken.GTIN, r"LIN\+\d+\+\d*\+\d{12}(\d):EN"),
            broken.another_digit("wrong_line_count", "the lines are counted in the summary", r"CNT\+2:\d*(\d)'"),
        ]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_edifact()]

    @property
    def is_old(self) -> bool:
        """Is the directory D.96A, which has shorter texts than D.01B?"""
        return self.release == "96A"

    def name_of_article(self) -> Piece:
        """A description in free form, as much of it as fits."""
        lines = (
            (of("name", part(0, LINE)), of("name", part(LINE, 2 * LINE)))
            if self.is_old
            else (of("name", part(0, 256)),)
        )
        return segment("IMD", "F", None, components(None, None, None, *lines))


def day(qualifier: str, path: str) -> Piece:
    return segment("DTM", components(qualifier, of(path, compact), DAY))


def reference(qualifier: str, *path: Piece) -> Piece:
    return segment("RFF", components(qualifier, *path))


def amount(qualifier: str, path: str) -> Piece:
    return segment("MOA", components(qualifier, of(path)))


def party(qualifier: str, path: str) -> Piece:
    """Name and address of a party, with its location number where it has one."""
    lines = {name: (of(name, part(0, LINE)), of(name, part(LINE, 2 * LINE))) for name in ("name", "street")}
    return under(
        path,
        segment(
            "NAD",
            qualifier,
            components(of("gln"), None, BY_GS1),
            None,
            components(*lines["name"]),
            components(*lines["street"]),
            of("city", part(0, LINE)),
            of("region_code", part(0, 9)),
            of("postal_code", part(0, 9)),
            of("country"),
        ),
    )


def carrier() -> Piece:
    """Who carries the parcel."""
    return segment("TDT", "20", None, None, None, components(None, None, None, of("carrier", part(0, LINE))))


def currency(use: str) -> Piece:
    return segment("CUX", components("2", of("currency"), use))


def tax(name: str, rate: str, category: str) -> Piece:
    return segment(
        "TAX", "7", components(of(name)), None, None, components(None, None, None, of(rate, shortest)), of(category)
    )


def article(message: TradeMessage, action: str | Piece | None = None) -> Piece:
    """Number and name of an article in a line."""
    return group(
        segment("LIN", of("number"), action, components(of("gtin"), "EN")),
        segment("PIA", "1", components(of("sku", part(0, LINE)), "SA")),
        message.name_of_article(),
    )


def quantity(qualifier: str, path: str) -> Piece:
    return segment("QTY", components(qualifier, of(path), "PCE"))
