"""What banks send each other for a credit transfer: pacs.008, and the answer pacs.002."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, Rule, element, of, together
from datamimic_pack_finance.messages.iso20022 import judged, negatives
from datamimic_pack_finance.messages.iso20022.document import Document, text
from datamimic_pack_finance.messages.iso20022.parts import account, address_of, agent, amount, party

PAYMENT = "pacs.008.001.08"


class OfTransfer(Document):
    """A message about one credit transfer."""

    entity = "finance.transaction"
    happens = "is_transfer"
    several = False
    breaks = Breaks(
        date="settlement_date",
        amount="sent.amount",
        account="creditor.iban|creditor.other_number",
        status="sent.status",
        rejected="RJCT",
    )

    def agents(self) -> tuple[Piece, Piece]:
        """Who sends the payment and who gets it."""
        return (
            agent("InstgAgt", "debtor.bic", self.version > 2, "sent.debtor_member", "sent.member_system"),
            agent("InstdAgt", "creditor.bic", self.version > 2, "sent.creditor_member", "sent.member_system"),
        )

    def settlement(self) -> Piece:
        """Through which clearing the banks settle."""
        system = element("ClrSys", element("Cd", of("sent.clearing")), element("Prtry", of("sent.clearing_name")))
        return element("SttlmInf", element("SttlmMtd", "CLRG"), system)

    def end(self, tag: str, end: str, new: bool, agent_first: bool = False) -> list[Piece]:
        """Party, account and bank; those of the creditor stand the other way round."""
        bank = agent(f"{tag}Agt", f"{end}.bic", new, f"sent.{end}_member", "sent.member_system")
        who = party(tag, f"{end}.name", address_of(end))
        number = account(f"{tag}Acct", f"{end}.iban", f"{end}.other_number")
        return [bank, who, number] if agent_first else [who, number, bank]


class Transfers(OfTransfer):
    """Credit transfers between banks, pacs.008.001.08, by the usage rules of SEPA in euro and of CBPR+ elsewhere."""

    name = "iso20022.pacs.008"
    standard = "pacs.008.001"
    version = 8
    root = "FIToFICstmrCdtTrf"
    mandatory = ("MsgId", "CreDtTm", "EndToEndId", "ChrgBr", "DbtrAgt")
    longest: ClassVar[Mapping[str, int]] = {"MsgId": 35, "EndToEndId": 35, "Nm": 140, "Ustrd": 140}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_groups()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_groups()]

    def document(self) -> Piece:
        new = self.version > 2
        header = element(
            "GrpHdr",
            element("MsgId", of("sent.interbank_id")),
            element("CreDtTm", of("sent.sent_at")),
            element("NbOfTxs", "1"),
            amount("TtlIntrBkSttlmAmt", "sent.amount", "currency"),
            element("IntrBkSttlmDt", of("settlement_date")),
            self.settlement(),
        )
        ids = element(
            "PmtId",
            element("InstrId", of("instruction_id")),
            element("EndToEndId", of("end_to_end_id")),
            element("TxId", of("transaction_id")),
            *([element("UETR", of("uetr"))] if self.version >= 8 else []),
        )
        return together(
            self.head(),
            header,
            element(
                "CdtTrfTxInf",
                ids,
                element("PmtTpInf", element("SvcLvl", element("Cd", of("sent.service")))),
                amount("IntrBkSttlmAmt", "sent.amount", "currency"),
                element("IntrBkSttlmDt", of("settlement_date")),
                element("ChrgBr", of("sent.bearer")),
                *self.agents(),
                *self.end("Dbtr", "debtor", new),
                *self.end("Cdtr", "creditor", new, agent_first=True),
                element("Purp", element("Cd", of("sent.purpose"))),
                element("RmtInf", element("Ustrd", text("description", 140))),
            ),
            self.foot(),
        )


class TransferAnswers(OfTransfer):
    """Answers between banks to a credit transfer, pacs.002.001.10; of its schema only the structure is followed."""

    name = "iso20022.pacs.002"
    standard = "pacs.002.001"
    version = 10
    root = "FIToFIPmtStsRpt"

    def document(self) -> Piece:
        header = element(
            "GrpHdr",
            element("MsgId", of("sent.answer_id")),
            element("CreDtTm", of("sent.answered_at")),
            agent("InstgAgt", "creditor.bic", True),
            agent("InstdAgt", "debtor.bic", True),
        )
        return together(
            self.head(),
            header,
            element(
                "TxInfAndSts",
                element("StsId", of("sent.answer_id")),
                original_group(),
                *original_ids(),
                element("TxSts", of("sent.status")),
                element("FctvIntrBkSttlmDt", element("Dt", of("settlement_date"))),
            ),
            self.foot(),
        )


def original_group() -> Piece:
    """The payment message that is meant."""
    return element("OrgnlGrpInf", element("OrgnlMsgId", of("sent.interbank_id")), element("OrgnlMsgNmId", PAYMENT))


def original_ids() -> list[Piece]:
    """The payment that is meant."""
    return [
        element("OrgnlInstrId", of("instruction_id")),
        element("OrgnlEndToEndId", of("end_to_end_id")),
        element("OrgnlTxId", of("transaction_id")),
        element("OrgnlUETR", of("uetr")),
    ]


class Transfers02(Transfers, version=2):
    """Credit transfers between banks in version 2 of pacs.008."""


class Transfers08(Transfers, version=8):
    """Credit transfers between banks in version 8 of pacs.008."""


class Transfers13(Transfers, version=13):
    """Credit transfers between banks in version 13 of pacs.008."""


class TransferAnswers10(TransferAnswers, version=10):
    """Answers in version 10 of pacs.002."""
