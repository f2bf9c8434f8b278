"""Notifications of one credit transfer, camt.054: of the credit to who is paid, of the debit to who pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Piece, element, of, together
from datamimic_pack_finance.messages.iso20022.document import Document, text
from datamimic_pack_finance.messages.iso20022.parts import agent, amount, own_account, related_parties, transaction_code


def _breaks(mine: str) -> Breaks:
    return Breaks(
        date="settlement_date",
        amount="sent.amount",
        account=f"{mine}.iban|{mine}.other_number",
        without=("rejected",),
    )


class _Notices(Document):
    """A notification for each transfer, all of them in one document. `mine` is the end whose account it is of."""

    standard = "camt.054.001"
    root = "BkToCstmrDbtCdtNtfctn"
    entity = "finance.transaction"
    happens = "is_transfer"
    mandatory = ("Id", "Acct", "Amt", "BkTxCd")
    longest: ClassVar[Mapping[str, int]] = {"NtryRef": 35, "Nm": 140, "Ustrd": 140}
    mine: ClassVar[str]
    mark: ClassVar[str]
    family: ClassVar[str]
    code: ClassVar[str]
    kind: ClassVar[str]
    """A letter that tells the two notifications of a transfer apart."""

    def opening(self) -> Piece:
        header = element(
            "GrpHdr", element("MsgId", of("sent.notice_id"), self.kind), element("CreDtTm", of("sent.sent_at"))
        )
        return together(self.head(), header)

    def closing(self) -> Piece:
        return self.foot()

    def document(self) -> Piece:
        return element(
            "Ntfctn",
            element("Id", of("sent.notice_id"), self.kind),
            element("CreDtTm", of("sent.sent_at")),
            own_account(self.mine, self.version > 2),
            self.entry(),
        )

    def entry(self) -> Piece:
        new, wraps = self.version > 2, self.version >= 8
        status = of("sent.entry_status")
        details = element(
            "TxDtls",
            element(
                "Refs",
                element("InstrId", of("instruction_id")),
                element("EndToEndId", of("end_to_end_id")),
                *([element("UETR", of("uetr"))] if wraps else []),
                element("TxId", of("transaction_id")),
            ),
            *([amount("Amt", "sent.amount", "currency"), element("CdtDbtInd", self.mark)] if wraps else []),
            related_parties(
                self.version,
                ("debtor.name", "debtor.iban", "debtor.other_number"),
                ("creditor.name", "creditor.iban", "creditor.other_number"),
            ),
            element("RltdAgts", agent("DbtrAgt", "debtor.bic", new), agent("CdtrAgt", "creditor.bic", new)),
            element("Purp", element("Cd", of("sent.purpose"))),
            element("RmtInf", element("Ustrd", text("description", 140))),
        )
        return element(
            "Ntry",
            element("NtryRef", of("booking_reference")),
            amount("Amt", "sent.amount", "currency"),
            element("CdtDbtInd", self.mark),
            element("Sts", element("Cd", status) if wraps else status),
            element("BookgDt", element("Dt", of("settlement_date"))),
            element("ValDt", element("Dt", of("settlement_date"))),
            element("AcctSvcrRef", of("booking_reference")),
            transaction_code("PMNT", self.family, of(self.code)),
            element("NtryDtls", details),
        )


class CreditNotices(_Notices):
    """Notifications of credits, camt.054.001.08: a transfer has arrived on the account of who is paid."""

    name = "iso20022.camt.054"
    version = 8
    mine, mark, family, code, kind = "creditor", "CRDT", "RCDT", "sent.credit_code", "C"
    breaks = _breaks(mine)


class DebitNotices(_Notices):
    """Notifications of debits, camt.054.001.08: a transfer has left the account of who pays."""

    name = "iso20022.camt.054.debit"
    version = 8
    mine, mark, family, code, kind = "debtor", "DBIT", "ICDT", "sent.debit_code", "D"
    breaks = _breaks(mine)


class CreditNotices02(CreditNotices, version=2):
    """Notifications of credits in version 2 of camt.054."""


class CreditNotices08(CreditNotices, version=8):
    """Notifications of credits in version 8 of camt.054."""


class CreditNotices14(CreditNotices, version=14):
    """Notifications of credits in version 14 of camt.054."""


class DebitNotices02(DebitNotices, version=2):
    """Notifications of debits in version 2 of camt.054."""


class DebitNotices08(DebitNotices, version=8):
    """Notifications of debits in version 8 of camt.054."""


class DebitNotices14(DebitNotices, version=14):
    """Notifications of debits in version 14 of camt.054."""
