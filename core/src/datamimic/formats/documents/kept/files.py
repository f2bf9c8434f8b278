"""The documents of a file, by its syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datamimic.formats.documents.kept.rule import Rule
from datamimic.formats.documents.syntax import Syntax

_BEGINNINGS: Final[dict[str, tuple[str, ...]]] = {
    "edifact": ("UNA", "UNB+", "UNH+"), "x12": ("ISA*", "GS*", "ST*"), "hl7": ("MSH|", "FHS|", "BHS|"),
    "fin": ("{1:", ":20:"), "xml": ("<",), "json": ("{", "["),
}  # fmt: skip
_DOCUMENTS: Final = {
    "edifact": re.compile(r"UNH\+.*?(?:UNT\+[^']*'|(?=UNH\+|UNZ\+)|$)", re.DOTALL),
    "x12": re.compile(r"ST\*.*?(?:(?<=~)SE\*[^~]*~|(?=(?<=~)\s*(?:ST|GE)\*)|$)", re.DOTALL),
    "hl7": re.compile(r"MSH[^\r\n]*(?:[\r\n]+(?!MSH|BTS|FTS|BHS)[^\r\n]+)*"),
    "fin": re.compile(r"\{1:.*?(?=\{1:|\Z)", re.DOTALL),
}


def syntax_of_text(text: str) -> Syntax:
    """By how a text begins; empty for one that is not known."""
    start = text[:200].lstrip("\ufeff \t\r\n")
    known: tuple[Syntax, ...] = ("edifact", "x12", "hl7", "fin", "xml", "json")
    return next((each for each in known if start.startswith(_BEGINNINGS[each])), "")


def documents_of(text: str, syntax: Syntax) -> list[str]:
    """The documents of a file: its messages, or what is one in XML; of JSON a line each, where it is not one as a whole."""
    if syntax in _DOCUMENTS:
        return [found for found in _DOCUMENTS[syntax].findall(text) if found.strip()]
    lines = [line for line in text.split("\n") if line.strip()]
    if syntax == "json" and len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines):
        return lines
    return [text] if text.strip() else []


def rules_of_files(syntax: Syntax) -> Sequence[Rule]:
    """What stands around the documents says how many there are."""
    counted = {
        "edifact": Rule("interchange_count", "the interchange tells how many messages it has", _interchange),
        "x12": Rule("group_count", "a group tells how many transactions it has", _groups),
        "hl7": Rule("batch_count", "a batch tells how many messages it has", _batches),
    }
    return [counted[syntax]] if syntax in counted else []


def _interchange(text: str) -> bool:
    told = re.search(r"UNZ\+(\d+)\+", text)
    if told is None:
        return "UNB+" not in text
    return int(told[1]) == len(re.findall(r"(?:^|['\n])UNH\+", text))


def _groups(text: str) -> bool:
    told = [int(each) for each in re.findall(r"~\s*GE\*(\d+)\*", text)]
    return len(told) == len(re.findall(r"~\s*GS\*", text)) and sum(told) == len(re.findall(r"~\s*ST\*", text))


def _batches(text: str) -> bool:
    told = [int(each) for each in re.findall(r"(?m)(?:^|\r)BTS\|(\d+)", text)]
    return not told or sum(told) == len(re.findall(r"(?m)(?:^|\r)MSH\|", text))
