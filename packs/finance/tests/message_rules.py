"""What judges messages: official schemas that other people's packages carry, and rules written down here once more, from the
standards and not from the code that makes the messages. Each function returns what is wrong, nothing where all is well."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SCHEMAS = Path(__file__).with_name("schemas.zip")
"""Where they are from tells schemas.md."""
DIGITS = {"EUR": 2, "USD": 2, "GBP": 2, "VND": 0}
LATIN = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*")
UETR = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
BIC11 = re.compile(r"[A-Z]{6}[A-Z0-9]{5}")
TEXTS = {"Nm", "StrtNm", "BldgNb", "PstCd", "TwnNm", "Ustrd", "AddtlNtryInf", "EndToEndId", "InstrId", "MsgId"}


@cache
def schema(standard: str) -> Any:
    """The official schema of a version, `camt.053.001.08`."""
    etree = pytest.importorskip("lxml.etree")
    with zipfile.ZipFile(SCHEMAS) as schemas:
        return etree.XMLSchema(etree.fromstring(schemas.read(f"{standard}.xsd")))


@cache
def is_iban(text: str) -> bool:
    valid: bool = pytest.importorskip("schwifty").IBAN(text, allow_invalid=True).is_valid
    return valid


def schema_faults(standard: str, text: str) -> list[str]:
    etree = pytest.importorskip("lxml.etree")
    try:
        document = etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        return [str(error)]
    official = schema(standard)
    return [] if official.validate(document) else [str(error.message) for error in official.error_log]


def tree(text: str) -> Any:
    """The root of a document, its names without their namespace."""
    etree = pytest.importorskip("lxml.etree")
    root = etree.fromstring(text.encode())
    for each in root.iter():
        each.tag = etree.QName(each).localname
    return root


def all_of(root: Any, name: str) -> list[str]:
    return [each.text for each in root.iter(name)]


CODES = {
    "SttlmInf/ClrSys/Cd": "CashClearingSystem", "PmtTpInf/SvcLvl/Cd": "ServiceLevel",
    "PmtTpInf/LclInstrm/Cd": "LocalInstrument", "Purp/Cd": "Purpose", "ClrSysMmbId/ClrSysId/Cd": "ClearingSystemIdentification",
    "Bal/Tp/CdOrPrtry/Cd": "BalanceType",
    "Ntry/Sts/Cd": "EntryStatus", "TxSts": "PaymentTransactionStatus", "GrpSts": "PaymentGroupStatus",
    "CxlRsnInf/Rsn/Cd": "CancellationReason", "InvstgtnTp/Cd": "InvestigationType", "InvstgtnSts/Sts": "InvestigationStatus",
}  # fmt: skip
"""Where in a document codes stand, and the external list of ISO 20022 that they are from, which a schema does not look at."""


@cache
def external_codes() -> dict[str, frozenset[str]]:
    with zipfile.ZipFile(SCHEMAS) as schemas:
        return {name: frozenset(codes) for name, codes in json.loads(schemas.read("external_codes.json")).items()}


def code_faults(root: Any) -> Iterator[str]:
    for path, name in CODES.items():
        for each in root.iterfind(f".//{path}"):
            if each.text not in external_codes()[name]:
                yield f"{path} {each.text} is no code of External{name}1Code"


def text_faults(root: Any) -> Iterator[str]:
    """Usage rules of SEPA and CBPR+ that hold for every message: characters, BICs of eleven, UETRs, IBANs, decimals."""
    for each in root.iter():
        value = each.text or ""
        if each.tag in TEXTS and not LATIN.fullmatch(value):
            yield f"{each.tag} {value!r} has characters that not every bank takes"
        if each.tag in TEXTS and value != value.strip():
            yield f"{each.tag} {value!r} begins or ends with a blank"
        if each.tag in ("EndToEndId", "InstrId", "MsgId") and (value[:1] == "/" or value[-1:] == "/" or "//" in value):
            yield f"{each.tag} {value!r} has slashes where none may be"
        if each.tag in ("BIC", "BICFI") and not BIC11.fullmatch(value):
            yield f"{value} is no BIC of eleven characters"
        if each.tag in ("UETR", "OrgnlUETR") and not UETR.fullmatch(value):
            yield f"{value} is no UETR"
        if each.tag == "IBAN" and not is_iban(value):
            yield f"{value} is no IBAN"
        currency = each.get("Ccy")
        if currency in DIGITS and len(value.partition(".")[2]) > DIGITS[currency]:
            yield f"{value} {currency} has too many decimals"


def group_faults(root: Any) -> Iterator[str]:
    """Numbers of transactions and control sums, of the group and of every batch."""
    kinds = ("CdtTrfTxInf", "DrctDbtTxInf")
    for scope in (root[0], *root.iter("PmtInf")):
        holder = scope.find("GrpHdr") if scope.find("GrpHdr") is not None else scope
        payments = [payment for kind in kinds for payment in scope.iter(kind)]
        amounts = [Decimal(next(each.iter("InstdAmt", "IntrBkSttlmAmt")).text) for each in payments]
        if holder.findtext("NbOfTxs") != str(len(amounts)):
            yield f"{holder.findtext('NbOfTxs')} transactions are told, {len(amounts)} there"
        total = holder.findtext("CtrlSum") or holder.findtext("TtlIntrBkSttlmAmt")
        if total is not None and Decimal(total) != sum(amounts):
            yield f"the control sum is {total}, the sum {sum(amounts)}"


def statement_faults(root: Any) -> Iterator[str]:
    """Opening balance and booked entries make the closing balance; numbers and sums are those of the entries."""
    for report in root.iter("Stmt", "Rpt"):
        balances = {each.find("Tp/CdOrPrtry").findtext("Cd"): signed(each) for each in report.findall("Bal")}
        entries = report.findall("Ntry")
        booked = [each for each in entries if (each.find("Sts").findtext("Cd") or each.findtext("Sts")) == "BOOK"]
        closing = balances.get("CLBD", balances.get("ITBD"))
        if closing != balances["OPBD"] + sum(map(signed, booked), Decimal(0)):
            yield f"{balances} do not follow from the entries"
        if "XPCD" in balances and balances["XPCD"] != balances["OPBD"] + sum(map(signed, entries), Decimal(0)):
            yield f"what is expected of {balances} does not follow from the entries"
        summary = report.find("TxsSummry")
        for tag, mark in (("TtlCdtNtries", "CRDT"), ("TtlDbtNtries", "DBIT")):
            own = [abs(signed(each)) for each in booked if each.findtext("CdtDbtInd") == mark]
            told = (summary.find(tag).findtext("NbOfNtries"), Decimal(summary.find(tag).findtext("Sum")))
            if told != (str(len(own)), sum(own, Decimal(0))):
                yield f"{tag} tells {told} of {len(own)}"


def signed(each: Any) -> Decimal:
    """The amount of a balance or an entry, below zero for a debit."""
    amount = Decimal(each.findtext("Amt"))
    return amount if each.findtext("CdtDbtInd") == "CRDT" else -amount


def iso_faults(text: str) -> list[str]:
    root = tree(text)
    found = [*text_faults(root), *code_faults(root)]
    if root[0].tag in ("CstmrCdtTrfInitn", "CstmrDrctDbtInitn", "FIToFICstmrCdtTrf", "FICdtTrf"):
        found += group_faults(root)
    if root[0].tag in ("BkToCstmrStmt", "BkToCstmrAcctRpt"):
        found += statement_faults(root)
    return found


X = r"[A-Za-z0-9/\-?:().,'+ ]"
LINE = rf"(?![:-]){X}{{1,35}}"
DAY, AMOUNT = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", r"(?=[\d,]{1,15}(?!\d))\d+,\d*"
BALANCE = rf"[CD]{DAY}[A-Z]{{3}}{AMOUNT}"
PARTY = rf"(?:/{X}{{1,34}}\r\n)?{LINE}(?:\r\n{LINE}){{0,3}}"
PARTY_WITH_ACCOUNT = rf"/{X}{{1,34}}(?:\r\n{LINE}){{1,4}}"
FORMATS = {
    "20": rf"(?!/)(?!.*//){X}{{1,16}}(?<!/)", "21": rf"(?!/)(?!.*//){X}{{1,16}}(?<!/)", "23B": "CRED|SPRI|SSTD|SPAY",
    "32A": rf"{DAY}[A-Z]{{3}}{AMOUNT}", "33B": rf"[A-Z]{{3}}{AMOUNT}", "50K": PARTY_WITH_ACCOUNT, "59": PARTY_WITH_ACCOUNT,
    "52A": "[A-Z]{6}[A-Z0-9]{5}", "58A": "[A-Z]{6}[A-Z0-9]{5}", "70": rf"{LINE}(?:\r\n{LINE}){{0,3}}", "71A": "SHA|OUR|BEN",
    "25": rf"{X}{{1,35}}", "28C": r"\d{1,5}/\d{1,5}", "60F": BALANCE, "60M": BALANCE, "62F": BALANCE, "62M": BALANCE,
    "64": BALANCE, "61": rf"{DAY}(?:\d{{4}})?R?[CD]{AMOUNT}[NFS][A-Z]{{3}}{X}{{1,16}}//{X}{{1,16}}",
    "86": rf"(?![:-]){X}{{1,65}}(?:\r\n(?![:-]){X}{{1,65}}){{0,5}}", "34F": rf"[A-Z]{{3}}{AMOUNT}",
    "13D": rf"{DAY}\d{{4}}[+-]\d{{4}}",
    "90D": rf"\d{{1,5}}[A-Z]{{3}}{AMOUNT}", "90C": rf"\d{{1,5}}[A-Z]{{3}}{AMOUNT}",
}  # fmt: skip
"""Field -> its format in the notation of regular expressions: SWIFT's user handbook, category 1, 2 and 9."""
ORDER = {
    "103": "20 23B 32A 33B 50K 59 70 71A", "202": "20 21 32A 52A 58A", "202COV": "20 21 32A 52A 58A 50K 59 70 33B",
    "900": "20 21 25 32A 52A", "910": "20 21 25 32A 50K 52A",
    "940": r"20 25 28C 60[FM]( 61 86)* (62M|62F 64)", "950": r"20 25 28C 60[FM]( 61)* (62M|62F 64)",
    "942": r"20 25 28C 34F 13D( 61 86)* 90D 90C",
}  # fmt: skip
"""Message type -> its fields in their order."""
_FIN = re.compile(
    r"\{1:F01([A-Z]{6}[A-Z0-9]{2}[A-Z][A-Z0-9]{3})\d{10}\}\{2:I(\d{3})([A-Z]{6}[A-Z0-9]{6})N\}"
    r"(\{3:(?:\{119:COV\})?\{121:([0-9a-f-]{36})\}\})?\{4:\r\n(.*?)-\}\r\n",
    re.DOTALL,
)


def fin_messages(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(message type, its fields) of every message in a text. Raises `ValueError` for what is between them."""
    found, end = [], 0
    for match in _FIN.finditer(text):
        if match.start() != end:
            raise ValueError(f"{text[end : match.start()]!r} is no message")
        end = match.end()
        kind = match[2] + ("COV" if "{119:COV}" in (match[4] or "") else "")
        fields = re.findall(r"^:(\d\d[A-Z]?):((?:.*\r\n(?!:))*.*)\r\n", match[6], re.MULTILINE)
        if "".join(f":{tag}:{value}\r\n" for tag, value in fields) != match[6]:
            raise ValueError("there is something between the fields")
        if match[5] is not None and not UETR.fullmatch(match[5]):
            raise ValueError(f"{match[5]} is no UETR")
        if (match[5] is None) != (match[2][0] == "9"):
            raise ValueError("payments have a UETR, and nothing else")
        found.append((kind, fields))
    if end != len(text):
        raise ValueError(f"{text[end : end + 80]!r} is no message")
    return found


def fin_faults(text: str) -> list[str]:
    """What is wrong with SWIFT messages: blocks, fields and their order, formats, lengths, decimals, IBANs."""
    try:
        messages = fin_messages(text)
    except ValueError as error:
        return [str(error)]
    found = []
    for whole in re.split(r"(?<=-\}\r\n)", text)[:-1]:
        if len(whole) > 2_000:
            found.append(f"a message has {len(whole)} characters")
    for kind, fields in messages:
        tags = " ".join(tag for tag, _ in fields)
        if not re.fullmatch(ORDER[kind], tags):
            found.append(f"MT{kind} has the fields {tags}")
        for tag, value in fields:
            if not re.fullmatch(FORMATS.get(tag, ""), value):
                found.append(f":{tag}:{value!r} has not its format")
            for day in re.findall(r"^[CD]?(\d{6})(?=[A-Z]{3}|\d{4}[CD+-])", value):
                if not is_day(day):
                    found.append(f":{tag}:{value} has a day that the calendar lacks")
            for currency, decimals in re.findall(r"([A-Z]{3})\d+,(\d*)$", value):
                if len(decimals) > DIGITS.get(currency, 0):
                    found.append(f":{tag}:{value} has too many decimals, or no currency")
            number = re.match(r"/?([A-Z]{2}\d\d[A-Z0-9]+)", value)
            if tag in ("25", "50K", "59") and number and not is_iban(number[1]):
                found.append(f"{number[1]} is no IBAN")
    return found or [*carried_faults(messages)]


def is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%y%m%d")
    except ValueError:
        return False
    return True


def carried_faults(messages: list[tuple[str, list[tuple[str, str]]]]) -> Iterator[str]:
    """Statements: opening balance and entries make the closing one, which the next page takes on."""
    before: str | None = None
    for kind, fields in messages:
        if kind not in ("940", "950"):
            continue
        values = dict(fields)
        opening, closing = (
            next(values[tag] for tag in tags if tag in values) for tags in (("60F", "60M"), ("62F", "62M"))
        )
        if ("60M" in values) != (before is not None) or (before is not None and before != opening):
            yield f"{opening} does not take on {before}"
        moved = sum((fin_amount(value, 3) for tag, value in fields if tag == "61"), Decimal(0))
        if fin_amount(opening) + moved != fin_amount(closing):
            yield f"{opening} and the entries do not make {closing}"
        before = values.get("62M")


def fin_amount(value: str, kind: int = 0) -> Decimal:
    """The amount of a balance or, `kind` being anything else than 0, of a statement line; below zero for debits."""
    match = re.match(r"\d{10}([CD])([\d,]+)" if kind else r"([CD])\d{6}[A-Z]{3}([\d,]+)", value)
    assert match is not None
    amount = Decimal(match[2].replace(",", "."))
    return amount if match[1] == "C" else -amount


def nacha_faults(text: str) -> Iterator[str]:
    """A NACHA file: lines, blocks, batches, counts, sums, hashes, check digits."""
    lines = text.split("\r\n")
    if lines.pop() or any(len(line) != 94 for line in lines) or len(lines) % 10:
        yield "not whole blocks of ten lines of 94 characters"
        return
    body = [line for line in lines if line != "9" * 94]
    kinds = "".join(line[0] for line in body)
    if not re.fullmatch("1(56+8)+9", kinds):
        yield f"the records are {kinds}"
        return
    entries = [line for line in body if line[0] == "6"]
    for line in entries:
        digits = [int(digit) for digit in line[3:12]]
        if sum(digit * weight for digit, weight in zip(digits, (3, 7, 1) * 3, strict=True)) % 10:
            yield f"{line[3:12]} is no routing number"
    own: list[str] = []
    for line in body:
        if line[0] == "6":
            own.append(line)
        elif line[0] == "8":
            yield from _controlled(own, line[4:10], line[10:20], line[32:44])
            own = []
    last = body[-1]
    yield from _controlled(entries, last[13:21], last[21:31], last[43:55])
    if (int(last[1:7]), int(last[7:13])) != (kinds.count("5"), len(lines) // 10):
        yield "the numbers of batches and blocks are wrong"


def _controlled(entries: list[str], count: str, hash_: str, total: str) -> Iterator[str]:
    if int(count) != len(entries):
        yield f"{count} entries are told, {len(entries)} there"
    if int(hash_) != sum(int(line[3:11]) for line in entries) % 10**10:
        yield f"the entry hash {hash_} is wrong"
    if int(total) != sum(int(line[29:39]) for line in entries):
        yield f"the total {total} is wrong"


def bacs_faults(text: str) -> Iterator[str]:
    """A Bacs Standard 18 file: labels, lengths, balance of every processing day, totals."""
    lines = text.split("\r\n")
    if lines.pop():
        yield "the last line is not ended"
    labels = [line[:4] for line in lines if not line[0].isdigit()]
    if labels != ["VOL1", "HDR1", "HDR2", "UHL1", "EOF1", "EOF2", "UTL1"]:
        yield f"the labels are {labels}"
        return
    records = [line for line in lines if line[0].isdigit()]
    if any(len(line) != (106 if line[0].isdigit() else 80) for line in lines):
        yield "a record has a wrong length"
        return
    if any(not re.fullmatch(r"[A-Z0-9.&/ -]*", line) for line in lines):
        yield "a record has characters that Bacs does not take"
    for day in sorted({line[100:] for line in records}):
        sums = {
            code: sum(int(line[35:46]) for line in records if line[100:] == day and line[15:17] == code)
            for code in ("99", "17")
        }
        if sums["99"] != sums["17"]:
            yield f"the day{day} does not balance: {sums}"
    told = [int(lines[-1][start:stop]) for start, stop in ((4, 17), (17, 30), (30, 37), (37, 44))]
    credits = [int(line[35:46]) for line in records if line[15:17] == "99"]
    if told != [sum(credits), sum(credits), len(records) - len(credits), len(credits)]:
        yield f"the trailer tells {told}"
