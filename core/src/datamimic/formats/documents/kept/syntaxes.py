"""The rules of a syntax that are judged in a text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final
from xml.parsers import expat

from datamimic.formats.documents.kept.rule import Rule
from datamimic.formats.documents.syntax import Syntax

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAYS: Final = {
    "xml": r">(\d{4})-(\d\d)-(\d\d)[<T]",
    "json": r':"(\d{4})-(\d\d)-(\d\d)["T]',
    "edifact": r":(\d{4})(\d\d)(\d\d)\d*:(?:102|203|204)'",
    "x12": r"\*D8\*(\d{4})(\d\d)(\d\d)[*~]",
    "hl7": r"^MSH\|[^|]*(?:\|[^|]*){4}\|(\d{4})(\d\d)(\d\d)",
    "fin": r"(?m)^:(?:30|3[02][A-Z]|6[024][FM]?|61|64|65):[CD]?(\d\d)(\d\d)(\d\d)",
}
"""Where a syntax, or nearly every message of it, has days: year, month and day."""
_FIELDS: Final = re.compile(r"(?m)^:(\d\d[A-Z]?):([^\r\n]*)")
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+{} \r\n]")


def rules_of(syntax: Syntax, mandatory: Sequence[str], longest: Mapping[str, int]) -> list[Rule]:
    """Of every text of the syntax, and of one in which these parts must be and none of these is longer; none of one that is
    not known."""
    if not syntax:
        return []
    own: dict[str, Callable[[], list[Rule]]] = {"xml": _of_xml, "json": _of_json, "fin": _of_fin}
    found = own[syntax]() if syntax in own else _of_segments(syntax)
    found.append(Rule("day_of_the_calendar", "dates are days of the calendar", _days(_DAYS[syntax])))
    if mandatory:
        told = f"{', '.join(mandatory)} must be there"
        found.append(Rule("mandatory", told, lambda text: all(_has(text, syntax, each) for each in mandatory)))
    if longest:
        found.append(
            Rule(
                "length",
                "no value is longer than the standard says",
                lambda text: all(
                    len(value) <= most for name, most in longest.items() for value in _values(text, syntax, name)
                ),
            )
        )
    return found


def _of_xml() -> list[Rule]:
    return [Rule("well_formed", "it is well-formed XML with one root and no document type", _is_xml)]


def _of_json() -> list[Rule]:
    return [Rule("well_formed", "it is an object of JSON, no member comes twice", _is_json)]


def _of_fin() -> list[Rule]:
    return [
        Rule("closed_blocks", "every block is closed", lambda text: text.count("{") == text.count("}") and "-}" in text),
        Rule("characters", "characters are those of the set x", lambda text: not _FOREIGN.search(text)),
        Rule("decimal_comma", "decimals follow a comma", lambda text: not re.search(r"(?m)^:\d\d[A-Z]?:.*\d\.\d\d\r?$", text)),
    ]  # fmt: skip


def _of_segments(syntax: Syntax) -> list[Rule]:
    """The control characters, and of EDIFACT and X12 what the trailer repeats of the header and counts."""
    found = [Rule("characters", "there are no control characters", lambda text: not _CONTROL.search(text))]
    if syntax == "hl7":
        return [
            Rule("header", "a message begins with its header, whose separators are those of all", _has_header),
            *found,
        ]
    header, trailer, sign, between, place = (
        ("UNH", "UNT", "'", "+", 1) if syntax == "edifact" else ("ST", "SE", "~", "*", 2)
    )

    def parts(text: str) -> tuple[list[str], list[list[str]]]:
        segments = [each.strip() for each in re.split(r"(?<!\?)'" if sign == "'" else sign, text) if each.strip()]
        return segments, [
            re.split(r"(?<!\?)\+" if between == "+" else r"\*", each) for each in (segments[0], segments[-1])
        ]

    def counts(text: str) -> bool:
        segments, (_, last) = parts(text)
        return last[0] == trailer and len(last) > 1 and last[1].isdigit() and int(last[1]) == len(segments)

    def repeats(text: str) -> bool:
        _, (first, last) = parts(text)
        return first[0] == header and len(first) > place and len(last) > 2 and last[2] == first[place]

    return [
        Rule("segment_count", "the trailer counts the segments", counts),
        Rule("reference", "the trailer repeats the reference of the header", repeats),
        *found,
    ]


def _is_xml(text: str) -> bool:
    parser = expat.ParserCreate()
    doctypes: list[object] = []
    parser.StartDoctypeDeclHandler = lambda *parts: doctypes.append(parts)
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return False
    return not doctypes


def _is_json(text: str) -> bool:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            raise ValueError("a member comes twice")
        return made

    try:
        return isinstance(json.loads(text, object_pairs_hook=unique), dict)
    except ValueError:
        return False


def _has_header(text: str) -> bool:
    return re.match(r"MSH\|\^~\\&\|", text) is not None


def _days(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)

    def holds(text: str) -> bool:
        for year, month, day in set(compiled.findall(text)):
            try:
                date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
            except ValueError:
                return False
        return True

    return holds


def _has(text: str, syntax: Syntax, name: str) -> bool:
    if syntax == "xml":
        return re.search(rf"<{re.escape(name)}[\s/>]", text) is not None
    if syntax == "json":
        return f'"{name}":' in text
    if syntax == "fin":
        return any(tag == name for tag, _ in _FIELDS.findall(text))
    return re.search(rf"(?:^|['~\r\n])\s*{re.escape(name)}[+*|'~]", text) is not None


def _values(text: str, syntax: Syntax, name: str) -> list[str]:
    """What stands at a place whose length is limited: element, member, field, or element of a segment (`BGM.2`)."""
    if syntax == "xml":
        return [_plain(each) for each in re.findall(rf"<{re.escape(name)}(?: [^<>]*)?>([^<>]+)</", text)]
    if syntax == "json":
        return re.findall(rf'"{re.escape(name)}":"((?:[^"\\]|\\.)*)"', text)
    if syntax == "fin":
        return [value for tag, value in _FIELDS.findall(text) if tag == name]
    tag, _, place = name.partition(".")
    sign, between = {"edifact": (r"(?<!\?)'", r"(?<!\?)\+"), "x12": ("~", r"\*"), "hl7": ("[\r\n]+", r"\|")}[syntax]
    # The first separator of HL7 is its own first field.
    at = int(place or 1) - (1 if tag == "MSH" else 0)
    found = []
    for segment in re.split(sign, text):
        elements = re.split(between, segment.strip())
        if elements[0] == tag and at < len(elements):
            found.append(elements[at])
    return found


def _plain(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text
