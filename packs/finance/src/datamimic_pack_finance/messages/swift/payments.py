"""Payments and confirmations as SWIFT MT: 103, 202, 202 COV, 900, 910."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, block, comma, of, only_with, tagged, together
from datamimic_pack_finance.messages.swift import negatives
from datamimic_pack_finance.messages.swift.fin import END, Fin, customer, line, uetr, value_date

REJECTED, REJECT, REASON = "RJCT", "REJT", "AC01"
"""A payment is sent back, since the number of the creditor's account is wrong."""
IS_REJECTED = of(
    "sent.status", lambda status: pc.if_else(pc.equal(status, REJECTED), status, pa.scalar(None, pa.string()))
)


class _OfTransfer(Fin):
    entity = "finance.transaction"
    happens = "is_transfer"
    breaks = Breaks(
        date="settlement_date", amount="sent.amount", account="creditor.number", status="sent.status", rejected=REJECTED
    )
    mandatory = ("20", "32A")
    longest: ClassVar[Mapping[str, int]] = {"20": 16}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_payments()]

    def day_and_amount(self) -> Piece:
        return value_date("32A", "settlement_date", "currency", "sent.amount")

    def reject(self, field: str) -> Piece:
        """Field 72 of a payment that is sent back, for what stands in a field, by the guidelines of SWIFT."""
        reasons = f"/{REJECT}/{field}{END}/{REASON}/{END}/MREF/"
        return only_with(IS_REJECTED, tagged("72", reasons, of("instruction_id")))

    def flagged(self) -> Piece:
        """What block 3 says of a payment that is sent back."""
        return only_with(IS_REJECTED, block(119, REJECT))

    def remittance(self) -> Piece:
        """The debtor's reference, and what the payment is for."""
        return tagged(
            "70",
            together("/ROC/", of("end_to_end_id")),
            *(together(END, line("description", number)) for number in range(3)),
        )


class CustomerTransfers(_OfTransfer):
    """Credit transfers of customers between banks, MT103; charges are shared."""

    name = "swift.MT103"
    kind = "103"

    def document(self) -> Piece:
        return self.message(
            "debtor.bic",
            "creditor.bic",
            together(self.flagged(), uetr("uetr")),
            tagged("20", of("instruction_id")),
            tagged("23B", "CRED"),
            self.day_and_amount(),
            tagged("33B", of("currency"), of("sent.amount", comma)),
            customer("50K", "debtor"),
            customer("59", "creditor"),
            self.remittance(),
            tagged("71A", "SHA"),
            self.reject("59"),
        )


class BankTransfers(_OfTransfer):
    """Transfers between banks that settle a credit transfer, MT202; field 21 names it."""

    name = "swift.MT202"
    kind = "202"

    def document(self) -> Piece:
        return self.message(
            "debtor.bic",
            "creditor.bic",
            together(self.flagged(), uetr("sent.cover_uetr")),
            *self.settled(),
            self.reject("58A"),
        )

    def settled(self) -> list[Piece]:
        """What one bank pays the other."""
        return [
            tagged("20", of("sent.cover_id")),
            tagged("21", of("instruction_id")),
            self.day_and_amount(),
            tagged("52A", of("debtor.bic")),
            tagged("58A", of("creditor.bic")),
        ]


class CoverTransfers(BankTransfers):
    """Cover payments of a credit transfer, MT202 COV: with the customers who pay and are paid."""

    name = "swift.MT202COV"

    def document(self) -> Piece:
        return self.message(
            "debtor.bic",
            "creditor.bic",
            together(block(119, "COV"), uetr("uetr")),
            *self.settled(),
            self.reject("58A"),
            customer("50K", "debtor"),
            customer("59", "creditor"),
            self.remittance(),
            tagged("33B", of("currency"), of("sent.amount", comma)),
        )


class DebitConfirmations(_OfTransfer):
    """Confirmations of debit to who pays, MT900."""

    name = "swift.MT900"
    breaks = evolve(_OfTransfer.breaks, account="debtor.number")
    kind = "900"

    def document(self) -> Piece:
        return self.message(
            "debtor.bic",
            "debtor.bic",
            None,
            tagged("20", of("booking_reference"), "D"),
            tagged("21", of("instruction_id")),
            tagged("25", of("debtor.number")),
            self.day_and_amount(),
            tagged("52A", of("debtor.bic")),
        )


class CreditConfirmations(_OfTransfer):
    """Confirmations of credit to who is paid, MT910."""

    name = "swift.MT910"
    kind = "910"

    def document(self) -> Piece:
        return self.message(
            "creditor.bic",
            "creditor.bic",
            None,
            tagged("20", of("booking_reference"), "C"),
            tagged("21", of("instruction_id")),
            tagged("25", of("creditor.number")),
            self.day_and_amount(),
            customer("50K", "debtor"),
            tagged("52A", of("debtor.bic")),
        )
