"""What banks pay each other for a customer's transfer: pacs.009, alone or as a cover that names the customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic.formats.documents import Negative, Piece, Rule, element, of, together
from datamimic_pack_finance.messages.iso20022 import judged, negatives
from datamimic_pack_finance.messages.iso20022.document import text
from datamimic_pack_finance.messages.iso20022.parts import amount
from datamimic_pack_finance.messages.iso20022.transfers import OfTransfer


class BankTransfers(OfTransfer):
    """Transfers between banks that settle a credit transfer, pacs.009.001.08."""

    name = "iso20022.pacs.009"
    standard = "pacs.009.001"
    version = 8
    root = "FICdtTrf"
    mandatory = ("MsgId", "CreDtTm", "EndToEndId", "UETR", "Dbtr", "Cdtr")
    longest: ClassVar[Mapping[str, int]] = {"MsgId": 35, "EndToEndId": 35}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_groups()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_groups()]

    def document(self) -> Piece:
        header = element(
            "GrpHdr",
            element("MsgId", of("sent.cover_id")),
            element("CreDtTm", of("sent.sent_at")),
            element("NbOfTxs", "1"),
            amount("TtlIntrBkSttlmAmt", "sent.amount", "currency"),
            element("IntrBkSttlmDt", of("settlement_date")),
            self.settlement(),
        )
        ids = element(
            "PmtId",
            element("InstrId", of("sent.cover_id")),
            element("EndToEndId", of("instruction_id")),
            element("TxId", of("sent.cover_id")),
            element("UETR", of(self.uetr())),
        )
        transfer = element(
            "CdtTrfTxInf",
            ids,
            amount("IntrBkSttlmAmt", "sent.amount", "currency"),
            element("IntrBkSttlmDt", of("settlement_date")),
            *self.agents(),
            element("Dbtr", self.bank("debtor")),
            element("Cdtr", self.bank("creditor")),
            *self.underlying(),
        )
        return together(self.head(), header, transfer, self.foot())

    def bank(self, end: str) -> Piece:
        """Of a payment between banks these are who pays and who is paid."""
        return element("FinInstnId", element("BICFI", of(f"{end}.bic")))

    def uetr(self) -> str:
        """The path of the payment's own reference; a cover has that of what it covers."""
        return "sent.cover_uetr"

    def underlying(self) -> list[Piece]:
        """The customer's transfer, where it is told."""
        return []


class CoverTransfers(BankTransfers):
    """Cover payments of a credit transfer, pacs.009.001.08 COV, with the customers."""

    name = "iso20022.pacs.009.cov"

    def uetr(self) -> str:
        return "uetr"

    def underlying(self) -> list[Piece]:
        return [
            element(
                "UndrlygCstmrCdtTrf",
                *self.end("Dbtr", "debtor", True),
                *self.end("Cdtr", "creditor", True, agent_first=True),
                element("RmtInf", element("Ustrd", text("description", 140))),
                amount("InstdAmt", "sent.amount", "currency"),
            )
        ]


class BankTransfers08(BankTransfers, version=8):
    """Transfers between banks in version 8 of pacs.009."""


class CoverTransfers08(CoverTransfers, version=8):
    """Cover payments in version 8 of pacs.009."""
