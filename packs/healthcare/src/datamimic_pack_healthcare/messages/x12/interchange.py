"""Interchanges of X12: what stands around the transactions, and what they share."""

from __future__ import annotations

from typing import ClassVar, Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.formats.documents import X12, Message, Piece, compact, latin, named, of, part, together, upper
from datamimic_pack_healthcare.messages.hl7.parts import state

SENDER, RECEIVER = "DATAMIMIC", "RECEIVER"
CONTROL: Final = "000000001"
"""Of the interchange: a file is one."""
SEX: Final = named({"male": "M", "female": "F"}, "U")
COMPONENTS, REPETITIONS = together(":"), together("^")


def digits(column: pa.Array) -> pa.Array:
    """The digits of a number that is written with signs between; of a telephone number those behind the country's."""
    return pc.replace_substring_regex(column, r"^\+1|[^0-9]", "")


class Transaction(Message):
    """A transaction set of ASC X12, in an interchange of one group: `group` is its functional identifier, `version` that of the
    guide, and `sent_on` the path of the day."""

    suffixes = (".x12", ".edi")
    entity = "healthcare.encounter"
    countries = ("US",)
    group: ClassVar[str]
    version: ClassVar[str]
    sent_on: ClassVar[str]
    names_guide: ClassVar[bool] = True
    """Does ST say which guide it follows? Payments do not."""

    def opening(self) -> Piece:
        blank, day, short = " " * 10, of(self.sent_on, compact), of(self.sent_on, compact, part(2))
        nothing, sender, receiver = ("00", blank) * 2, ("ZZ", SENDER.ljust(15)), ("ZZ", RECEIVER.ljust(15))
        end = REPETITIONS, "00501", CONTROL, "0", "T", COMPONENTS
        head = X12.segment("ISA", *nothing, *sender, *receiver, short, "1200", *end)
        return X12.group(head, X12.segment("GS", self.group, SENDER, RECEIVER, day, "1200", "1", "X", self.version))

    def closing(self) -> Piece:
        return X12.group(X12.segment("GE", of("#count"), "1"), X12.segment("IEA", "1", CONTROL))

    def framed(self, code: str, control: Piece, *segments: Piece) -> Piece:
        """From ST to SE, which counts the segments."""
        body = X12.group(X12.segment("ST", code, control, self.version if self.names_guide else None), *segments)
        return X12.counted(body, X12.segment("SE", of("#units"), control))


def text(path: str, most: int) -> Piece:
    """A name in capital letters without accents."""
    return of(path, latin, upper, part(0, most))


def level(number: str, parent: str | None, kind: str, more: bool) -> Piece:
    return X12.segment("HL", number, parent, kind, "1" if more else "0")


def person(role: str, who: str, kind: str, number: Piece | None) -> Piece:
    names = text(f"{who}family_name", 60), text(f"{who}given_name", 35)
    return X12.segment("NM1", role, "1", *names, None, None, None, kind, number)


def organization(role: str, name: Piece, kind: str, number: Piece) -> Piece:
    return X12.segment("NM1", role, "2", name, None, None, None, None, kind, number)


def address(who: str, *, nine_digits: bool = False) -> Piece:
    """N3 and N4. Billing providers need a ZIP code of nine digits; where the last four are unknown they are 9998."""
    place = f"{who}address."
    code = of(f"{place}postal_code")
    zip_code = together(code, "9998") if nine_digits else code
    return X12.group(
        X12.segment("N3", text(f"{place}line", 55)),
        X12.segment("N4", text(f"{place}city", 30), of(f"{place}state_code", state), zip_code),
    )


def born(who: str) -> Piece:
    return X12.segment("DMG", "D8", of(f"{who}birthdate", compact), of(f"{who}gender", SEX))


def tax_number() -> Piece:
    """Of the hospital: with a prefix that the Internal Revenue Service never gave."""
    return together("000", of("hospital.hospital_id", part(8)))


def day(kind: str, path: str) -> Piece:
    return X12.segment("DTP", kind, "D8", of(path, compact))
