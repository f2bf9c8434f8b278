"""What banks ask each other about a credit transfer that is on its way: a recall, enquiries, answers."""

from __future__ import annotations

from datamimic.formats.documents import Piece, element, of, together
from datamimic_pack_finance.messages.iso20022.parts import agent, amount
from datamimic_pack_finance.messages.iso20022.transfers import OfTransfer, original_group, original_ids


class Recalls(OfTransfer):
    """Recalls of a credit transfer by the debtor's bank, camt.056.001.08; of its schema only the structure is followed."""

    name = "iso20022.camt.056"
    standard = "camt.056.001"
    version = 8
    root = "FIToFIPmtCxlReq"

    def document(self) -> Piece:
        assignment = element(
            "Assgnmt",
            element("Id", of("sent.recall_id")),
            element("Assgnr", agent("Agt", "debtor.bic", True)),
            element("Assgne", agent("Agt", "creditor.bic", True)),
            element("CreDtTm", of("sent.recalled_at")),
        )
        recall = element(
            "TxInf",
            element("CxlId", of("sent.recall_id")),
            original_group(),
            *original_ids(),
            amount("OrgnlIntrBkSttlmAmt", "sent.amount", "currency"),
            element("OrgnlIntrBkSttlmDt", of("settlement_date")),
            element("CxlRsnInf", element("Rsn", element("Cd", "CUST"))),
        )
        return together(self.head(), assignment, element("Undrlyg", recall), self.foot())


class Enquiries(OfTransfer):
    """Enquiries of the debtor's bank that a credit transfer has not arrived, camt.110.001.01."""

    name = "iso20022.camt.110"
    standard = "camt.110.001"
    version = 1
    root = "InvstgtnReq"

    def document(self) -> Piece:
        underlying = element(
            "IntrBk",
            original_group(),
            *original_ids(),
            amount("OrgnlIntrBkSttlmAmt", "sent.amount", "currency"),
            element("OrgnlIntrBkSttlmDt", of("settlement_date")),
        )
        request = enquiry(element("Undrlyg", underlying))
        data = element("InvstgtnData", element("Rsn", element("Prtry", "Payment has not arrived")))
        return together(self.head(), element("InvstgtnReq", *request), data, self.foot())


class EnquiryAnswers(OfTransfer):
    """Answers of the creditor's bank to such an enquiry, camt.111.001.01: closed, as it was booked."""

    name = "iso20022.camt.111"
    standard = "camt.111.001"
    version = 1
    root = "InvstgtnRspn"

    def document(self) -> Piece:
        answer = element(
            "InvstgtnRspn",
            element("MsgId", of("sent.answer_id")),
            element("InvstgtnSts", element("Sts", "CLSD")),
        )
        return together(self.head(), answer, element("OrgnlInvstgtnReq", *enquiry()), self.foot())


def enquiry(*underlying: Piece) -> list[Piece]:
    """Number, kind and ends of an enquiry, with the `underlying` payment."""
    return [
        element("MsgId", of("sent.recall_id")),
        element("InvstgtnTp", element("Cd", "CCNR")),
        *underlying,
        element("Rqstr", agent("Agt", "debtor.bic", True)),
        element("Rspndr", agent("Agt", "creditor.bic", True)),
    ]


class Recalls08(Recalls, version=8):
    """Recalls in version 8 of camt.056."""


class Enquiries01(Enquiries, version=1):
    """Enquiries in version 1 of camt.110."""


class EnquiryAnswers01(EnquiryAnswers, version=1):
    """Answers in version 1 of camt.111."""
