"""NACHA files: the orders of an account as ACH credits, lines of 94 characters in blocks of ten."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic.formats.documents import Message, Negative, Piece, each, named, of, part, together
from datamimic_pack_finance.messages.breaking import of_orders
from datamimic_pack_finance.messages.clearing import negatives
from datamimic_pack_finance.messages.clearing.records import END, blank, day, letters, record, zeros

ENTRY, HASH = 6, 10


class Nacha(Message):
    """ACH files of NACHA: the credit transfers of an account in the US, PPD credits in a batch for each day."""

    name = "nacha.ach"
    suffixes = (".ach",)
    entity = "finance.bank_account"
    happens = "has_orders"
    several = False
    breaks = of_orders("order.made_at")
    countries = ("US",)

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_nacha()]

    def document(self) -> Piece:
        return together(
            self.file_header(),
            each("order.batches", self.batch_header(), each("transfers", self.entry()), self.batch_control()),
            self.file_control(),
            of("order.filling", named({count: ("9" * 94 + END) * count for count in range(10)})),
        )

    def file_header(self) -> Piece:
        return record(
            "101",
            " ",
            of("owner.routing_number"),
            zeros("owner.other_number", 10),
            day("order.made_at", "%y%m%d%H%M"),
            "A094101",
            letters("bank_name", 23),
            letters("owner.name", 23),
            blank(8),
        )

    def batch_header(self) -> Piece:
        return record(
            "5220",
            letters("..owner.name", 16),
            blank(20),
            zeros("..owner.other_number", 10),
            "PPD",
            "TRANSFER  ",
            blank(6),
            day("day", "%y%m%d"),
            blank(3),
            "1",
            of("..owner.routing_number", part(0, 8)),
            zeros("number", 7),
        )

    def entry(self) -> Piece:
        return record(
            "622",
            of("routing_number"),
            letters("account_number", 17),
            zeros("cents", 10),
            letters("instruction_id", 15),
            letters("creditor_name", 22),
            blank(2),
            "0",
            of("....owner.routing_number", part(0, 8)),
            zeros("number", 7),
        )

    def batch_control(self) -> Piece:
        return record(
            "8220",
            zeros("count", ENTRY),
            zeros("routing_sum", HASH),
            "0" * 12,
            zeros("cents", 12),
            zeros("..owner.other_number", 10),
            blank(25),
            of("..owner.routing_number", part(0, 8)),
            zeros("number", 7),
        )

    def file_control(self) -> Piece:
        return record(
            "9",
            zeros("order.batch_count", 6),
            zeros("order.block_count", 6),
            zeros("order.count", 8),
            zeros("order.routing_sum", HASH),
            "0" * 12,
            zeros("order.cents", 12),
            blank(39),
        )
