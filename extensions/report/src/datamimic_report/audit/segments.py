"""EDIFACT, X12, HL7 v2 and SWIFT MT: values by segment, element and component, or by tag."""

from __future__ import annotations

import re
from typing import Final

from datamimic_report.audit.leaves import Collecting, Collector

_QUALIFIED: Final = {
    "DTM", "NAD", "RFF", "MOA", "QTY", "PRI", "MEA", "LOC", "TAX", "PIA", "GIN", "CNT", "PCD", "ALC", "FTX", "IMD", "TDT",
    "REF", "NM1", "DTP", "AMT", "HI", "N1", "PER", "CAS", "HL", "SBR",
}  # fmt: skip
"""Segments of EDIFACT and of X12 whose first component says what they are of."""
_FIELD: Final = re.compile(r"(?m)^:(\d\d[A-Z]?):((?:[^\r\n]*)(?:\r?\n(?!:\d\d[A-Z]?:|-\})[^\r\n]*)*)")
_STATEMENT: Final = re.compile(r"(\d{6})(?:\d{4})?(R?[CD])[A-Z]?([\d,]+)[A-Z]\w{3}([^\r\n/]*)(?://([^\r\n]*))?")
_BALANCE: Final = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d,]+)")
_SUM: Final = re.compile(r"(\d{1,5})([A-Z]{3})([\d,]+)")
_PARTS: Final = {sign: re.compile(rf"((?:[^{sign}?]|\?.)*){re.escape(sign)}", re.DOTALL) for sign in "':+"}
"""What stands before a sign of EDIFACT that is not released by a question mark."""
_LEVELS: Final = {"": ("HL", "CLM", "LX"), "835": ("LX", "CLP", "SVC"), "834": ("INS", "HD")}
"""The segments that begin loops, from the outermost to the innermost, by the number of the transaction set."""
_VALUE: Final = re.compile(r"(?:\d{6})?([A-Z]{3})(\d[\d,]*)")


def read_edifact(text: str, collector: Collector) -> None:
    """The messages of an interchange."""
    made: Collecting | None = None
    owner, line = 0, -1
    for segment in _cut(text, "'"):
        elements = [[_plain(part) for part in _cut(element, ":")] for element in _cut(segment.lstrip(), "+")]
        tag = elements[0][0]
        if tag == "UNH":
            parts = elements[2] if len(elements) > 2 else []
            made = collector(" ".join([*parts[:1], ".".join(parts[1:3])]) or "EDIFACT")
            owner, line = made.begin(), -1
        if made is None or tag in ("UNA", "UNB", "UNZ", "UNG", "UNE", "UNH", "UNT"):
            continue
        if tag in ("LIN", "DOC", "UNS"):
            line = made.instance("LIN") if tag != "UNS" else -1
        _add(made, tag, elements, owner, {} if line < 0 else {"LIN": line})


def read_x12(text: str, collector: Collector) -> None:
    """The transactions of an interchange, with their loops: `CLM` and `LX` of a claim, `CLP` and `SVC` of a payment."""
    made: Collecting | None = None
    owner, levels = 0, _LEVELS[""]
    opened: dict[str, int] = {}
    for segment in text.split("~"):
        elements = [element.split(":") for element in segment.strip().split("*")]
        tag = elements[0][0]
        if tag == "ST":
            kind = elements[1][0] if len(elements) > 1 else ""
            made = collector(f"X12 {kind}".strip())
            owner, levels, opened = made.begin(), _LEVELS.get(kind, _LEVELS[""]), {}
        if made is None or tag in ("ISA", "GS", "GE", "IEA", "ST", "SE", ""):
            continue
        if tag == "PLB":
            opened = {}
        if tag in levels:
            # A loop ends where one of its own level, or of a level around it, begins.
            above = levels[: levels.index(tag)]
            opened = {name: number for name, number in opened.items() if name in above} | {tag: made.instance(tag)}
        _add(made, tag, elements, owner, opened)


_KIND = re.compile("[A-Z]{2,5}")
"""What kind of number a repetition of HL7 is, its last component (table 0203)."""


def read_hl7(text: str, collector: Collector) -> None:
    """The messages of a file or batch."""
    made: Collecting | None = None
    owner = 0
    for segment in re.split(r"[\r\n]+", text):
        fields = segment.split("|")
        tag = fields[0]
        if tag == "MSH":
            # The first separator is a field of its own.
            fields.insert(1, "|")
            made = collector("HL7 " + "^".join(fields[9].split("^")[:2]) if len(fields) > 9 else "HL7")
            owner = made.begin()
        if made is None or tag in ("FHS", "BHS", "BTS", "FTS", ""):
            continue
        for number, element in enumerate(fields[1:], 1):
            if tag == "MSH" and number < 3:
                continue
            repetitions = element.split("~")
            for repetition in repetitions:
                parts = repetition.split("^")
                # Numbers of several kinds in one field are columns of their own: `PID.3[MR].1`.
                kind = f"[{parts[-1]}]" if len(repetitions) > 1 and _KIND.fullmatch(parts[-1]) else ""
                for place, part in enumerate(parts, 1):
                    made.add(_path(tag, f"{number}{kind}", place, parts), part, owner)


def read_fin(text: str, collector: Collector) -> None:
    """SWIFT messages, in blocks or the text alone."""
    for message in re.split(r"(?=\{1:)|(?<=-\})\s*(?=:20:)", text):
        fields = _FIELD.findall(message)
        if not fields:
            continue
        kind = re.search(r"\{2:[IO](\d{3})", message)
        made = collector(f"MT{kind[1]}" if kind else "MT")
        owner = made.begin()
        for tag, value in fields:
            _add_field(made, tag, value.strip(), owner)
        reference = re.search(r"\{121:([^}]*)\}", message)
        made.add("121", reference[1] if reference else "", owner)


def _add_field(made: Collecting, tag: str, value: str, owner: int) -> None:
    if tag == "61" and (entry := _STATEMENT.match(value)):
        group = {"61": made.instance("61")}
        names = ("date", "mark", "amount", "owner_reference", "bank_reference")
        for name, part in zip(names, entry.groups(), strict=True):
            made.add(f"61.{name}", (part or "").strip(), owner, group)
    elif tag[:2] in ("60", "62", "64", "65") and (balance := _BALANCE.fullmatch(value)):
        # Of a page what it begins with is a first (F) or an intermediate (M) balance.
        for name, part in zip(("mark", "date", "currency", "amount"), balance.groups(), strict=True):
            made.add(f"{tag[:2]}.{name}", part, owner)
    elif tag[:2] == "90" and (sums := _SUM.fullmatch(value)):
        for name, part in zip(("number", "currency", "amount"), sums.groups(), strict=True):
            made.add(f"{tag}.{name}", part, owner)
    elif tag[:2] in ("32", "33", "71", "34") and (amount := _VALUE.fullmatch(value)):
        made.add(f"{tag}.currency", amount[1], owner)
        made.add(f"{tag}.amount", amount[2], owner)
    else:
        first, *others = value.splitlines() or [""]
        made.add(tag, first.removeprefix("/"), owner)
        for place, line in enumerate(others, 2):
            made.add(f"{tag}.{place}", line, owner)


def _add(made: Collecting, tag: str, elements: list[list[str]], owner: int, groups: dict[str, int]) -> None:
    name = f"{tag}[{elements[1][0]}]" if tag in _QUALIFIED and len(elements) > 1 and elements[1][0] else tag
    for number, parts in enumerate(elements[1:], 1):
        for place, part in enumerate(parts, 1):
            if number == 1 and place == 1 and name != tag:
                continue
            made.add(_path(name, number, place, parts), part.strip(), owner, groups)


def _path(name: str, number: int | str, place: int, parts: list[str]) -> str:
    """Of a component, or of an element that has only one."""
    return f"{name}.{number}.{place}" if len(parts) > 1 else f"{name}.{number}"


def _cut(text: str, sign: str) -> list[str]:
    """The parts of EDIFACT between signs that are not released; what is released stays so, to be cut further."""
    return _PARTS[sign].findall(text + sign) if "?" in text else text.split(sign)


def _plain(part: str) -> str:
    return re.sub(r"\?(.)", r"\1", part) if "?" in part else part
