"""A document of ISO 20022: its root, its namespace, and how a message of several versions is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from datamimic.formats.documents import DECLARATION, Message, Negative, Piece, Rule, latin, of, part, together
from datamimic_pack_finance.messages.iso20022 import judged, negatives

SCHEMA = "urn:iso:std:iso:20022:tech:xsd:"


class Document(Message):
    """`standard` is `camt.053.001`, `version` the number behind it, `root` what the message begins with.

    A subclass that is given a version, `class Reports02(Reports, version=2)`, is the message in it, under its full name.
    """

    suffixes = (".xml",)
    standard: ClassVar[str]
    version: ClassVar[int]
    root: ClassVar[str]

    def __init_subclass__(cls, version: int | None = None, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if version is not None:
            cls.name = f"{cls.name}.001.{version:02}"
            cls.version, cls.same_as = version, ""
        elif "name" in vars(cls):
            cls.same_as = f"{cls.name}.001.{cls.version:02}" if "version" in vars(cls) else ""

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_all()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_all()]

    def head(self) -> Piece:
        """Where a document begins."""
        space = f"{SCHEMA}{self.standard}.{self.version:02}"
        return together(DECLARATION, f'<Document xmlns="{space}"><{self.root}>')

    def foot(self) -> Piece:
        """Where it ends."""
        return together(f"</{self.root}></Document>\n")


def text(path: str, most: int) -> Piece:
    """A text in the characters that every bank takes, at `most` so many."""
    return of(path, latin, part(0, most))
