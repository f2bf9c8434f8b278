"""What suppliers collect through their banks: direct debits, pain.008."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, Rule, element, of, together
from datamimic_pack_finance.messages.iso20022 import judged, negatives
from datamimic_pack_finance.messages.iso20022.document import Document, text
from datamimic_pack_finance.messages.iso20022.parts import account, address_of, agent, amount, party


class Collections(Document):
    """Collections of direct debits, pain.008.001.08: one of a supplier from one account, under a mandate."""

    name = "iso20022.pain.008"
    standard = "pain.008.001"
    version = 8
    root = "CstmrDrctDbtInitn"
    entity = "finance.transaction"
    happens = "is_collection"
    several = False
    breaks = Breaks(
        date="settlement_date", amount="sent.amount", account="debtor.iban|debtor.other_number", without=("rejected",)
    )
    mandatory = ("MsgId", "CreDtTm", "PmtMtd", "EndToEndId", "ReqdColltnDt")
    longest: ClassVar[Mapping[str, int]] = {"MsgId": 35, "EndToEndId": 35, "Nm": 140, "Ustrd": 140}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_groups()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_groups()]

    def document(self) -> Piece:
        new = self.version >= 8
        header = element(
            "GrpHdr",
            element("MsgId", of("sent.collection_id")),
            element("CreDtTm", of("sent.collected_at")),
            element("NbOfTxs", "1"),
            element("CtrlSum", of("sent.amount")),
            party("InitgPty", "creditor.name"),
        )
        kind = element(
            "PmtTpInf",
            element("SvcLvl", element("Cd", of("sent.service"))),
            element("LclInstrm", element("Cd", of("sent.instrument"))),
            element("SeqTp", "RCUR"),
        )
        scheme = element(
            "CdtrSchmeId",
            element(
                "Id",
                element(
                    "PrvtId",
                    element(
                        "Othr",
                        element("Id", of("mandate.creditor_id")),
                        element("SchmeNm", element("Prtry", of("mandate.scheme"))),
                    ),
                ),
            ),
        )
        collection = element(
            "DrctDbtTxInf",
            element(
                "PmtId",
                element("EndToEndId", of("end_to_end_id")),
                *([element("UETR", of("uetr"))] if new else []),
            ),
            amount("InstdAmt", "sent.amount", "currency"),
            element(
                "DrctDbtTx",
                element(
                    "MndtRltdInf",
                    element("MndtId", of("mandate.mandate_id")),
                    element("DtOfSgntr", of("mandate.signed_on")),
                ),
            ),
            agent("DbtrAgt", "debtor.bic", new, "sent.debtor_member", "sent.member_system"),
            party("Dbtr", "debtor.name", address_of("debtor")),
            account("DbtrAcct", "debtor.iban", "debtor.other_number"),
            element("RmtInf", element("Ustrd", text("description", 140))),
        )
        batch = element(
            "PmtInf",
            element("PmtInfId", of("sent.collection_id"), "-1"),
            element("PmtMtd", "DD"),
            element("NbOfTxs", "1"),
            element("CtrlSum", of("sent.amount")),
            kind,
            element("ReqdColltnDt", of("settlement_date")),
            party("Cdtr", "creditor.name", address_of("creditor")),
            account("CdtrAcct", "creditor.iban", "creditor.other_number", "currency"),
            agent("CdtrAgt", "creditor.bic", new, "sent.creditor_member", "sent.member_system"),
            element("ChrgBr", of("sent.bearer")),
            scheme,
            collection,
        )
        return together(self.head(), header, batch, self.foot())


class Collections02(Collections, version=2):
    """Collections of direct debits in version 2 of pain.008."""


class Collections08(Collections, version=8):
    """Collections of direct debits in version 8 of pain.008."""


class Collections10(Collections, version=10):
    """Collections of direct debits in version 10 of pain.008."""
