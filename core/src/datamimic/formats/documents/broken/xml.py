"""What breaks an XML document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from datamimic.formats.documents.broken.choosing import DAY, ILLEGAL, chosen, instead, put, without_day
from datamimic.formats.documents.negatives import Change, Negative

_TEXT = re.compile(r"<[\w:.-]+(?: [^<>]*)?>([^<>]+)</")
_CLOSING = re.compile(r"</([\w:.-]+)>")
_OPENING = re.compile(r"<([A-Za-z_][\w:.-]*)((?: [^<>]*)?)>")


def negatives(mandatory: Sequence[str], longest: Mapping[str, int]) -> list[Negative]:
    """Of every XML document, and of one with these elements that must be there, and these longest texts by element."""
    return [
        Negative("unclosed_element", "every element is closed", _unclosed),
        Negative("wrong_closing_tag", "a closing tag has the name of the opening one", _wrong_closing),
        Negative("second_root", "a document has one root", lambda text, number: f"{text}<Second/>"),
        Negative("illegal_character", "characters are those of XML 1.0", _in_text(ILLEGAL)),
        Negative("bare_ampersand", "an ampersand is written &amp;", _in_text("& ")),
        Negative("wrong_namespace", "the root is in the namespace of the standard", _wrong_namespace),
        Negative("unknown_element", "there are only elements of the standard", _unknown_element),
        Negative("bad_date", "dates are days of the calendar", _bad_date),
        *([Negative("missing_field", f"{' and '.join(mandatory)} must be there", _missing(mandatory))] if mandatory else ()),
        *([Negative("overlong_field", "no value is longer than the standard says", _overlong(longest))] if longest else ()),
    ]  # fmt: skip


def _unclosed(text: str, number: int) -> str | None:
    return put(text, chosen(_CLOSING, text, number), "")


def _wrong_closing(text: str, number: int) -> str | None:
    match = chosen(_CLOSING, text, number)
    return None if match is None else put(text, match, f"</{match[1]}X>")


def _in_text(signs: str) -> Change:
    return instead(_TEXT, lambda content: f"{content}{signs}")


def _wrong_namespace(text: str, number: int) -> str | None:
    root = _OPENING.search(text)
    if root is None:
        return None
    prefix = root[1].partition(":")[0] if ":" in root[1] else ""
    declared = re.search(rf'xmlns{":" + re.escape(prefix) if prefix else ""}="([^"]*)"', root[2])
    if declared is None:
        return None
    start = root.start(2)
    place = (start + declared.start(1), start + declared.end(1))
    return f"{text[: place[0]]}{declared[1]}:unknown{text[place[1] :]}"


def _unknown_element(text: str, number: int) -> str | None:
    root = _OPENING.search(text)
    return None if root is None else f"{text[: root.end()]}<UnknownElement>1</UnknownElement>{text[root.end() :]}"


def _bad_date(text: str, number: int) -> str | None:
    match = chosen(rf"(?<=>){DAY}(?=[<T])", text, number)
    return None if match is None else put(text, match, without_day(match[0]))


def _missing(mandatory: Sequence[str]) -> Change:
    def change(text: str, number: int) -> str | None:
        tag = re.escape(mandatory[number % len(mandatory)])
        return put(text, re.search(rf"<{tag}(?: [^<>]*)?>.*?</{tag}>", text, re.DOTALL), "")

    return change


def _overlong(longest: Mapping[str, int]) -> Change:
    names = sorted(longest)

    def change(text: str, number: int) -> str | None:
        name = names[number % len(names)]
        tag = re.escape(name)
        match = re.search(rf"<{tag}(?: [^<>]*)?>([^<>]+)</{tag}>", text)
        return None if match is None else put(text, match, match[1].ljust(longest[name] + 1, "X"), 1)

    return change
