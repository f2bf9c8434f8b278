"""What customers order of their banks: pain.001, and the banks' answer pain.002."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, Rule, each, element, of, together
from datamimic_pack_finance.messages.breaking import OWNER
from datamimic_pack_finance.messages.iso20022 import judged, negatives
from datamimic_pack_finance.messages.iso20022.document import Document, text
from datamimic_pack_finance.messages.iso20022.parts import account, address, address_of, agent, amount, party

ANSWERED = {3: 3, 12: 9, 15: 13}
"""The version of the orders that a version of the answer is of."""
OF_TRANSFERS = Breaks(amount="amount", without=("late", "rejected", "wrong_account"))
OF_BATCHES = Breaks(date="day", without=("wrong_account", "rejected"), lists={"transfers": OF_TRANSFERS})


class Orders(Document):
    """Orders of credit transfers, pain.001.001.09: batches of one day each, with control sums."""

    name = "iso20022.pain.001"
    standard = "pain.001.001"
    version = 9
    root = "CstmrCdtTrfInitn"
    entity = "finance.bank_account"
    happens = "has_orders"
    several = False
    breaks = Breaks(date="order.made_at", account=OWNER, lists={"order.batches": OF_BATCHES})
    mandatory = ("MsgId", "CreDtTm", "PmtMtd", "EndToEndId", "DbtrAcct")
    longest: ClassVar[Mapping[str, int]] = {"MsgId": 35, "EndToEndId": 35, "Nm": 140, "Ustrd": 140}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_groups()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_groups()]

    def document(self) -> Piece:
        header = element(
            "GrpHdr",
            element("MsgId", of("order.order_id")),
            element("CreDtTm", of("order.made_at")),
            element("NbOfTxs", of("order.count")),
            element("CtrlSum", of("order.sum")),
            party("InitgPty", "owner.name"),
        )
        return together(self.head(), header, each("order.batches", self.batch()), self.foot())

    def batch(self) -> Piece:
        new = self.version >= 8
        day = of("day")
        return element(
            "PmtInf",
            element("PmtInfId", of("batch_id")),
            element("PmtMtd", "TRF"),
            element("NbOfTxs", of("count")),
            element("CtrlSum", of("sum")),
            element("PmtTpInf", element("SvcLvl", element("Cd", of("..order.service")))),
            element("ReqdExctnDt", element("Dt", day) if new else day),
            party("Dbtr", "..owner.name", address_of("..owner")),
            account("DbtrAcct", "..owner.iban", "..owner.other_number", "..currency"),
            agent("DbtrAgt", "..owner.bic", new, "..order.debtor_member", "..order.member_system"),
            element("ChrgBr", of("..order.bearer")),
            each("transfers", self.transfer()),
        )

    def transfer(self) -> Piece:
        new = self.version >= 8
        return element(
            "CdtTrfTxInf",
            element(
                "PmtId",
                element("InstrId", of("instruction_id")),
                element("EndToEndId", of("end_to_end_id")),
                *([element("UETR", of("uetr"))] if new else []),
            ),
            element("Amt", amount("InstdAmt", "amount", "....currency")),
            agent("CdtrAgt", "creditor_bic", new, "creditor_member", "member_system"),
            party("Cdtr", "creditor_name", address("", "", "postal_code", "town", "country")),
            account("CdtrAcct", "creditor_iban", "other_number"),
            element("Purp", element("Cd", of("purpose"))),
            element("RmtInf", element("Ustrd", text("text", 140))),
        )


class Answers(Document):
    """Answers to orders of credit transfers, pain.002.001.12: what became of each transfer."""

    name = "iso20022.pain.002"
    standard = "pain.002.001"
    version = 12
    root = "CstmrPmtStsRpt"
    entity = "finance.bank_account"
    happens = "has_orders"
    several = False
    breaks = Breaks(
        date="order.answered_at",
        status="order.status",
        rejected="RJCT",
        without=("wrong_account",),
        lists={"order.batches": OF_BATCHES},
    )
    mandatory = ("MsgId", "CreDtTm", "OrgnlMsgId", "OrgnlPmtInfId")
    longest: ClassVar[Mapping[str, int]] = {"MsgId": 35, "OrgnlEndToEndId": 35}

    def document(self) -> Piece:
        header = element(
            "GrpHdr",
            element("MsgId", "A", of("order.order_id")),
            element("CreDtTm", of("order.answered_at")),
            agent("DbtrAgt", "owner.bic", self.version > 3),
        )
        group = element(
            "OrgnlGrpInfAndSts",
            element("OrgnlMsgId", of("order.order_id")),
            element("OrgnlMsgNmId", f"pain.001.001.{ANSWERED[self.version]:02}"),
            element("OrgnlNbOfTxs", of("order.count")),
            element("OrgnlCtrlSum", of("order.sum")),
            element("GrpSts", of("order.status")),
        )
        transfer = element(
            "TxInfAndSts",
            element("StsId", "S", of("end_to_end_id")),
            element("OrgnlInstrId", of("instruction_id")),
            element("OrgnlEndToEndId", of("end_to_end_id")),
            *([element("OrgnlUETR", of("uetr"))] if self.version > 3 else []),
            element("TxSts", of("status")),
        )
        batch = element(
            "OrgnlPmtInfAndSts",
            element("OrgnlPmtInfId", of("batch_id")),
            element("OrgnlNbOfTxs", of("count")),
            element("OrgnlCtrlSum", of("sum")),
            each("transfers", transfer),
        )
        return together(self.head(), header, group, each("order.batches", batch), self.foot())


class Orders03(Orders, version=3):
    """Orders of credit transfers in version 3 of pain.001."""


class Orders09(Orders, version=9):
    """Orders of credit transfers in version 9 of pain.001."""


class Orders13(Orders, version=13):
    """Orders of credit transfers in version 13 of pain.001."""


class Answers03(Answers, version=3):
    """Answers to orders in version 3 of pain.002."""


class Answers12(Answers, version=12):
    """Answers to orders in version 12 of pain.002."""


class Answers15(Answers, version=15):
    """Answers to orders in version 15 of pain.002."""
