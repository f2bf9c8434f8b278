"""Statements of accounts as SWIFT MT: 940 and 950 at the end of a day, 942 during it.

A message holds at most 2,000 characters: a longer statement is several messages, with the balance carried from one to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, Rule, comma, compact, each, named, of, part, tagged, together
from datamimic_pack_finance.messages.breaking import OF_ENTRIES, OWNER
from datamimic_pack_finance.messages.swift import judged, negatives
from datamimic_pack_finance.messages.swift.fin import END, WIDE, Fin, line

MARKS = named({"CRDT": "C", "DBIT": "D"})


class _OfAccount(Fin):
    entity = "finance.bank_account"
    mandatory = ("20", "25", "28C")
    longest: ClassVar[Mapping[str, int]] = {"20": 16, "25": 35}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_statements()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_statements()]

    def heads(self) -> list[Piece]:
        """Reference, account, number of the statement and of the page."""
        return [
            tagged("20", of("reference")),
            tagged("25", of("..owner.iban"), of("..owner.other_number")),
            tagged("28C", of("statement"), "/", of("page")),
        ]

    def entry(self, narrative: bool) -> Piece:
        found = [statement_line()]
        if narrative:
            found.append(about())
        return together(*found)


def statement_line() -> Piece:
    """`:61:2501310131D12,5NTRFREFERENCE//REFERENCE`."""
    return tagged(
        "61",
        of("value_date", compact, part(2)),
        of("booking_date", compact, part(4)),
        of("mark", MARKS),
        of("amount", comma),
        "N",
        of("swift_type"),
        of("owner_reference"),
        "//",
        of("reference"),
    )


def about() -> Piece:
    """`:86:`: what it is for, with whom, and the reference that goes through unchanged."""
    return tagged(
        "86",
        together("/REMI/", line("text", 0, WIDE - 6)),
        together(END, "/NAME/", line("other_name", 0, WIDE - 6)),
        together(END, "/EREF/", of("end_to_end_id")),
    )


def balance(tag: Piece | str, mark: str, day: str, currency: str, amount: str) -> Piece:
    """`:60F:C250131EUR12,5`."""
    return together(":", tag, ":", of(mark, MARKS), of(day, compact, part(2)), of(currency), of(amount, comma), END)


class Statements(_OfAccount):
    """Statements for customers, MT940: booked entries, each with what it is for, between two balances."""

    name = "swift.MT940"
    kind = "940"
    narrative = True
    breaks = Breaks(
        account=OWNER,
        lists={"pages": Breaks(date="closing_day", lists={"entries": OF_ENTRIES}, without=("wrong_account",))},
    )

    def document(self) -> Piece:
        available = balance("64", "available_mark", "available_day", "available_currency", "available")
        return each(
            "pages",
            self.message(
                "bic",
                "bic",
                None,
                *self.heads(),
                balance(of("opening_tag"), "opening_mark", "opening_day", "currency", "opening"),
                each("entries", self.entry(self.narrative)),
                balance(of("closing_tag"), "closing_mark", "closing_day", "currency", "closing"),
                available,
            ),
        )


class BankStatements(Statements):
    """Statements for banks, MT950: as MT940, without what entries are for."""

    name = "swift.MT950"
    kind = "950"
    narrative = False


class Reports(_OfAccount):
    """Reports of accounts during a day, MT942: booked and pending entries, their numbers and sums."""

    name = "swift.MT942"
    kind = "942"
    breaks = Breaks(
        account=OWNER,
        lists={"report_pages": Breaks(date="created", lists={"entries": OF_ENTRIES}, without=("wrong_account",))},
    )

    def document(self) -> Piece:
        return each(
            "report_pages",
            self.message(
                "bic",
                "bic",
                None,
                *self.heads(),
                tagged("34F", of("currency"), "0,"),
                tagged("13D", of("created", compact, part(2, 12)), "+0000"),
                each("entries", self.entry(True)),
                tagged("90D", of("debit_count"), of("currency"), of("debit_sum", comma)),
                tagged("90C", of("credit_count"), of("currency"), of("credit_sum", comma)),
            ),
        )
