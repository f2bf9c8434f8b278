"""The rules of money that are judged in the text of an ISO 20022 document: check digits, counts, control sums, balances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from datamimic.formats.documents import Rule
from datamimic_pack_finance.messages.judged import UETR, is_iban

_AMOUNT = r"<{tag}(?: [^<>]*)?>([\d.]+)</{tag}>"
_BALANCE = re.compile(
    r"<Bal><Tp><CdOrPrtry><Cd>(\w{4})</Cd></CdOrPrtry></Tp><Amt[^>]*>([\d.]+)</Amt><CdtDbtInd>(\w{4})</CdtDbtInd>"
)
_ENTRY = re.compile(
    r"<Ntry>(?:<NtryRef>[^<]*</NtryRef>)?<Amt[^>]*>([\d.]+)</Amt><CdtDbtInd>(\w{4})</CdtDbtInd>(.*?)</Ntry>", re.DOTALL
)


def of_all() -> list[Rule]:
    return [
        Rule("iban", "the check digits of an IBAN are right", _ibans),
        Rule("uetr", "a UETR is a UUID of version 4 in small letters", _uetrs),
    ]


def of_groups() -> list[Rule]:
    """Of what tells how many transactions it has, and their sum, in all and by batch."""
    return [
        Rule("transaction_count", "as many transactions are told as there are", _counts),
        Rule("control_sum", "a control sum is that of the amounts", _sums),
    ]


def of_statements() -> list[Rule]:
    return [
        Rule("closing_balance", "the opening balance and the entries make the closing balance", _balances),
        Rule("entry_sums", "counts and sums of credits and debits are those of the entries", _entry_sums),
    ]


def _ibans(text: str) -> bool:
    return all(map(is_iban, set(re.findall(r"<IBAN>([^<]*)</IBAN>", text))))


def _uetrs(text: str) -> bool:
    return all(UETR.fullmatch(each) for each in re.findall(r"<(?:Orgnl)?UETR>([^<]*)<", text))


def _groups(text: str) -> Iterator[tuple[str, list[str]]]:
    """What is said of a group, and its transactions: of the whole document, and of each batch."""
    head, _, body = text.partition("</GrpHdr>")
    transactions = r"<(?:CdtTrfTxInf|DrctDbtTxInf)>.*?</(?:CdtTrfTxInf|DrctDbtTxInf)>"
    yield head, re.findall(transactions, body, re.DOTALL)
    for batch in re.findall(r"<PmtInf>.*?</PmtInf>", body, re.DOTALL):
        first = re.search(r"<(?:CdtTrfTxInf|DrctDbtTxInf)>", batch)
        yield batch[: first.start()] if first else batch, re.findall(transactions, batch, re.DOTALL)


def _counts(text: str) -> bool:
    for head, found in _groups(text):
        told = re.search(r"<NbOfTxs>(\d+)</NbOfTxs>", head)
        if told is not None and int(told[1]) != len(found):
            return False
    return True


def _sums(text: str) -> bool:
    for head, found in _groups(text):
        for tag, parts in (("CtrlSum", "InstdAmt"), ("TtlIntrBkSttlmAmt", "IntrBkSttlmAmt")):
            told = re.search(_AMOUNT.format(tag=tag), head)
            amounts = [Decimal(each) for one in found for each in re.findall(_AMOUNT.format(tag=parts), one)]
            if told is not None and amounts and Decimal(told[1]) != sum(amounts):
                return False
    return True


def _signed(amount: str, mark: str) -> Decimal:
    return Decimal(amount) if mark == "CRDT" else -Decimal(amount)


def _reports(text: str) -> list[str]:
    return re.findall(r"<(?:Stmt|Rpt)>.*?</(?:Stmt|Rpt)>", text, re.DOTALL)


def _balances(text: str) -> bool:
    for report in _reports(text):
        balances = {code: _signed(amount, mark) for code, amount, mark in _BALANCE.findall(report)}
        entries = [
            _signed(amount, mark)
            for amount, mark, rest in _ENTRY.findall(report)
            if re.search(r"<Sts>(?:<Cd>)?BOOK", rest)
        ]
        last = balances.get("CLBD", balances.get("ITBD"))
        if "OPBD" in balances and last is not None and balances["OPBD"] + sum(entries) != last:
            return False
    return True


def _entry_sums(text: str) -> bool:
    for report in _reports(text):
        entries = [(amount, mark) for amount, mark, _ in _ENTRY.findall(report)]
        for tag, sign in (("TtlCdtNtries", "CRDT"), ("TtlDbtNtries", "DBIT")):
            told = re.search(rf"<{tag}><NbOfNtries>(\d+)</NbOfNtries><Sum>([\d.]+)</Sum>", report)
            own = [Decimal(amount) for amount, mark in entries if mark == sign]
            if told is not None and (int(told[1]), Decimal(told[2])) != (len(own), sum(own)):
                return False
    return True
