"""The names of the messages, and where they are; imports nothing, so that listing packs stays fast."""

from __future__ import annotations


def registered() -> list[str]:
    """`name = module:Class`, as the hook `datamimic_messages` takes them."""
    package = "datamimic_pack_finance.messages"
    found = [f"{message} = {package}.{place}" for message, place in _OTHERS]
    for standard, module, cls, versions in _ISO_20022:
        place = f"{package}.iso20022.{module}:{cls}"
        found.append(f"iso20022.{standard} = {place}")
        found += [f"iso20022.{standard}.001.{version:02} = {place}{version:02}" for version in versions]
    return found


_ISO_20022 = (
    ("pacs.002", "transfers", "TransferAnswers", (10,)),
    ("pacs.008", "transfers", "Transfers", (2, 8, 13)),
    ("pacs.009", "covers", "BankTransfers", (8,)),
    ("pacs.009.cov", "covers", "CoverTransfers", (8,)),
    ("camt.056", "recalls", "Recalls", (8,)),
    ("camt.110", "recalls", "Enquiries", (1,)),
    ("camt.111", "recalls", "EnquiryAnswers", (1,)),
    ("camt.054", "notices", "CreditNotices", (2, 8, 14)),
    ("camt.054.debit", "notices", "DebitNotices", (2, 8, 14)),
    ("camt.052", "statements", "Reports", (2, 8, 14)),
    ("pain.001", "orders", "Orders", (3, 9, 13)),
    ("pain.002", "orders", "Answers", (3, 12, 15)),
    ("pain.008", "direct_debits", "Collections", (2, 8, 10)),
    ("camt.053", "statements", "Statements", (2, 8, 14)),
)
"""Standard, module, class of the version that most banks take, and the versions that have one of their own."""
_OTHERS = (
    ("bacs.standard18", "clearing.bacs:Bacs"),
    ("iso8583.1987.authorisation", "iso8583.requests:Requests1987"),
    ("iso8583.1987.clearing", "iso8583.clearing:Clearing1987"),
    ("iso8583.1987.advice", "iso8583.clearing:Advices1987"),
    ("iso8583.1993.authorisation", "iso8583.requests:Requests1993"),
    ("iso8583.1993.clearing", "iso8583.clearing:Clearing1993"),
    ("iso8583.1993.advice", "iso8583.clearing:Advices1993"),
    ("nacha.ach", "clearing.nacha:Nacha"),
    ("swift.MT103", "swift.payments:CustomerTransfers"),
    ("swift.MT202", "swift.payments:BankTransfers"),
    ("swift.MT202COV", "swift.payments:CoverTransfers"),
    ("swift.MT900", "swift.payments:DebitConfirmations"),
    ("swift.MT910", "swift.payments:CreditConfirmations"),
    ("swift.MT940", "swift.statements:Statements"),
    ("swift.MT942", "swift.statements:Reports"),
    ("swift.MT950", "swift.statements:BankStatements"),
)
