"""Bacs files, Standard 18: the orders of an account as direct credits, each day balanced by a contra record."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic.formats.documents import Message, Negative, Piece, each, of, part, together
from datamimic_pack_finance.messages.breaking import of_orders
from datamimic_pack_finance.messages.clearing import negatives
from datamimic_pack_finance.messages.clearing.records import blank, day, letters, record, zeros

CREDIT, CONTRA = "99", "17"


class Bacs(Message):
    """Files of Bacs Standard 18: the credit transfers of an account in Britain, of several processing days."""

    name = "bacs.standard18"
    suffixes = (".bacs",)
    entity = "finance.bank_account"
    happens = "has_orders"
    several = False
    breaks = of_orders("order.processing_day")
    countries = ("GB",)

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_bacs()]

    def document(self) -> Piece:
        return together(
            record("VOL1", self.serial(), blank(31), self.user(), blank(32), "1"),
            self.file_label("HDR1"),
            record("HDR2F0212000106", blank(35), "00", blank(28)),
            record(
                "UHL1 ", day("order.processing_day", "%y%j"), "999999", blank(4), "00000000", "4 MULTI  001", blank(40)
            ),
            each("order.batches", each("transfers", self.credit()), self.contra()),
            self.file_label("EOF1"),
            record("EOF2F0212000106", blank(35), "00", blank(28)),
            record(
                "UTL1",
                zeros("order.cents", 13),
                zeros("order.cents", 13),
                zeros("order.batch_count", 7),
                zeros("order.count", 7),
                blank(36),
            ),
        )

    def user(self) -> Piece:
        """The service user's number."""
        return of("number_base", part(0, 6))

    def serial(self) -> Piece:
        return of("number_base", part(2, 8))

    def file_label(self, name: str) -> Piece:
        return record(
            f"{name}A", self.user(), "S  1", self.user(), self.serial(), "00010001", blank(6),
            " ", day("order.file_day", "%y%j"), " ", day("order.processing_day", "%y%j"), " 000000", blank(20),
        )  # fmt: skip

    def credit(self) -> Piece:
        return record(
            of("routing_number"), of("account_number"), "0", CREDIT,
            of("....owner.routing_number"), of("....account_number"), blank(4),
            zeros("cents", 11), letters("....owner.name", 18), letters("end_to_end_id", 18), letters("creditor_name", 18),
            " ", day("processing_day", "%y%j"),
        )  # fmt: skip

    def contra(self) -> Piece:
        return record(
            of("..owner.routing_number"), of("..account_number"), "0", CONTRA,
            of("..owner.routing_number"), of("..account_number"), blank(4),
            zeros("cents", 11), letters("batch_id", 18), f"{'CONTRA':18}", letters("..owner.name", 18),
            " ", day("processing_day", "%y%j"),
        )  # fmt: skip
