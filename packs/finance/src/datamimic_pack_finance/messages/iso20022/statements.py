"""Reports of an account to its holder: camt.053 statements, camt.052 reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, Rule, each, element, of, together
from datamimic_pack_finance.messages.breaking import OF_ENTRIES, OWNER
from datamimic_pack_finance.messages.iso20022 import judged, negatives
from datamimic_pack_finance.messages.iso20022.document import Document, text
from datamimic_pack_finance.messages.iso20022.parts import agent, amount, own_account, related_parties, transaction_code


class _OfAccount(Document):
    """A report for each account, all of them in one document."""

    entity = "finance.bank_account"
    report: ClassVar[str]
    entries: ClassVar[str]
    balances: ClassVar[tuple[tuple[str, str, str], ...]]
    """Code, member of the statement, and the day it is of."""

    mandatory = ("Id", "Acct", "Bal", "Amt", "BkTxCd")
    longest: ClassVar[Mapping[str, int]] = {"Id": 35, "NtryRef": 35, "Nm": 140, "Ustrd": 140}

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *negatives.of_statements()]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_statements()]

    def opening(self) -> Piece:
        header = element(
            "GrpHdr",
            element("MsgId", of("statement.statement_id")),
            element("CreDtTm", of("statement.created")),
        )
        return together(self.head(), header)

    def closing(self) -> Piece:
        return self.foot()

    def document(self) -> Piece:
        sums = [element("TtlNtries", *self.totals())]
        sums += [
            element(f"Ttl{tag}Ntries", element("NbOfNtries", of(count)), element("Sum", of(total)))
            for tag, count, total in (
                ("Cdt", "statement.credit_count", "statement.credit_sum"),
                ("Dbt", "statement.debit_count", "statement.debit_sum"),
            )
        ]
        return element(
            self.report,
            element("Id", of("statement.statement_id")),
            element("ElctrncSeqNb", of("statement.number")),
            element("CreDtTm", of("statement.created")),
            element(
                "FrToDt",
                element("FrDtTm", of("statement.first_day"), "T00:00:00"),
                element("ToDtTm", of("statement.last_day"), "T23:59:59"),
            ),
            own_account("owner", self.version > 2),
            *(self.balance(*balance) for balance in self.balances),
            element("TxsSummry", *sums),
            each(self.entries, entry(self.version)),
        )

    def totals(self) -> list[Piece]:
        net = [element("CdtDbtInd", of("statement.net_mark"))]
        total = element("TtlNetNtryAmt", of("statement.net"))
        found = [
            element("NbOfNtries", of("statement.entry_count")),
            element("Sum", of("statement.entry_sum")),
        ]
        if self.version < 4:
            return [*found, total, *net]
        return [*found, element("TtlNetNtry", element("Amt", of("statement.net")), *net)]

    def balance(self, code: str, member: str, day: str) -> Piece:
        return element(
            "Bal",
            element("Tp", element("CdOrPrtry", element("Cd", code))),
            amount("Amt", f"statement.{member}", "currency"),
            element("CdtDbtInd", of(f"statement.{member}_mark")),
            element("Dt", element("Dt", of(f"statement.{day}"))),
        )


def entry(version: int) -> Piece:
    """One line, with the payment behind it."""
    status = of("status")
    bicfi = version > 2
    original = element(
        "AmtDtls",
        element(
            "InstdAmt",
            amount("Amt", "original_amount", "original_currency"),
        ),
        element(
            "TxAmt",
            element("Amt", {"Ccy": of("..currency")}, of("home_amount")),
            element(
                "CcyXchg",
                element("SrcCcy", of("original_currency")),
                element("TrgtCcy", of("home_currency")),
                element("UnitCcy", of("original_currency")),
                element("XchgRate", of("exchange_rate")),
            ),
        ),
    )
    references = element(
        "Refs",
        element("AcctSvcrRef", of("reference")),
        element("InstrId", of("instruction_id")),
        element("EndToEndId", of("end_to_end_id")),
        *([element("UETR", of("uetr"))] if version >= 8 else []),
        element("MndtId", of("mandate_id")),
    )
    details = element(
        "TxDtls",
        references,
        *_details_of_amount(version, original),
        related_parties(
            version,
            ("debtor_name", "debtor_iban", "debtor_number"),
            ("creditor_name", "creditor_iban", "creditor_number"),
        ),
        element("RltdAgts", agent("DbtrAgt", "debtor_bic", bicfi), agent("CdtrAgt", "creditor_bic", bicfi)),
        element("RmtInf", element("Ustrd", text("text", 140))),
    )
    return element(
        "Ntry",
        element("NtryRef", of("reference")),
        amount("Amt", "amount", "..currency"),
        element("CdtDbtInd", of("mark")),
        element("Sts", element("Cd", status) if version >= 8 else status),
        element("BookgDt", element("Dt", of("booking_date"))),
        element("ValDt", element("Dt", of("value_date"))),
        element("AcctSvcrRef", of("reference")),
        transaction_code(of("domain"), of("family"), of("sub_family")),
        element("NtryDtls", details),
        element("AddtlNtryInf", text("text", 500)),
    )


def _details_of_amount(version: int, original: Piece) -> list[Piece]:
    """Amount and mark of the transaction, which the oldest versions have not."""
    if version < 4:
        return [original]
    return [amount("Amt", "amount", "..currency"), element("CdtDbtInd", of("mark")), original]


class Statements(_OfAccount):
    """Statements of accounts, camt.053.001.08: booked entries between an opening and a closing balance."""

    name = "iso20022.camt.053"
    version = 8
    standard = "camt.053.001"
    root = "BkToCstmrStmt"
    report = "Stmt"
    entries = "booked_entries"
    breaks = Breaks(date="statement.last_day", account=OWNER, lists={"booked_entries": OF_ENTRIES})
    balances = (
        ("OPBD", "opening", "first_day"),
        ("CLBD", "closing", "last_day"),
        ("CLAV", "available", "last_day"),
    )


class Reports(_OfAccount):
    """Reports of accounts during a day, camt.052.001.08: booked and pending entries, and what is expected."""

    name = "iso20022.camt.052"
    version = 8
    standard = "camt.052.001"
    root = "BkToCstmrAcctRpt"
    report = "Rpt"
    entries = "entries"
    breaks = Breaks(date="statement.last_day", account=OWNER, lists={"entries": OF_ENTRIES})
    balances = (
        ("OPBD", "opening", "first_day"),
        ("ITBD", "closing", "last_day"),
        ("XPCD", "expected", "last_day"),
    )


class Statements02(Statements, version=2):
    """Statements of accounts in version 2 of camt.053."""


class Statements08(Statements, version=8):
    """Statements of accounts in version 8 of camt.053."""


class Statements14(Statements, version=14):
    """Statements of accounts in version 14 of camt.053."""


class Reports02(Reports, version=2):
    """Reports of accounts in version 2 of camt.052."""


class Reports08(Reports, version=8):
    """Reports of accounts in version 8 of camt.052."""


class Reports14(Reports, version=14):
    """Reports of accounts in version 14 of camt.052."""
