"""A FIN message: its headers, and texts in the lines and characters that its fields hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.formats.documents import (
    Message,
    Negative,
    Piece,
    Rule,
    block,
    comma,
    compact,
    latin,
    of,
    part,
    tagged,
    text_block,
    together,
)
from datamimic_pack_finance.messages.swift import judged, negatives

END = "\r\n"
WIDTH = 35
WIDE = 65


class Fin(Message):
    """`kind` is the number of the message type."""

    suffixes = (".fin",)
    kind: ClassVar[str]

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_all()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_all()]

    def message(self, sender: str, receiver: str, user: Piece | None, *fields: Piece) -> Piece:
        """Blocks 1 to 4 of an input message; `sender` and `receiver` are the paths of the banks' BICs."""
        headers = [
            block(1, "F01", terminal(sender, "A"), "0000000000"),
            block(2, f"I{self.kind}", terminal(receiver, "X"), "N"),
        ]
        return together(*headers, *([] if user is None else [block(3, user)]), text_block(*fields), END)


def terminal(bic: str, letter: str) -> Piece:
    """The logical terminal of a BIC of eleven characters: a letter stands before its branch."""
    return together(of(bic, part(0, 8)), letter, of(bic, part(8, 11)))


def uetr(path: str) -> Piece:
    """What block 3 carries of a payment."""
    return block(121, of(path))


def line(path: str, number: int = 0, width: int = WIDTH) -> Piece:
    """The characters of the text that stand on one of its lines; absent where there are none left."""

    def cut(text: pa.Array) -> pa.Array:
        taken = pc.utf8_slice_codeunits(text, number * width, (number + 1) * width)
        # A line begins with no colon and no hyphen, which begin and end fields.
        clean = pc.replace_substring_regex(pc.utf8_trim_whitespace(taken), "^[:-]+", ".")
        return pc.if_else(pc.equal(clean, ""), pa.scalar(None, pa.string()), clean)

    return of(path, latin, cut)


def value_date(tag: str, day: str, currency: str, amount: str) -> Piece:
    """`:32A:250131EUR12,5`."""
    return tagged(tag, of(day, compact, part(2)), of(currency), of(amount, comma))


def customer(tag: str, end: str) -> Piece:
    """`:50K:` or `:59:`: account, name and address of an end of a payment."""
    rows = [line(f"{end}.name"), line(f"{end}.address_line"), line(f"{end}.town_line")]
    number = together("/", of(f"{end}.number"))
    return tagged(tag, number, *(together(END, row) for row in rows))
