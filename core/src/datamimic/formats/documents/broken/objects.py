"""What breaks a JSON document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from datamimic.formats.documents.broken.choosing import DAY, ILLEGAL, chosen, instead, put, without_day
from datamimic.formats.documents.negatives import Change, Negative

_TEXT = re.compile(r':"((?:[^"\\]|\\.)*)"')


def negatives(mandatory: Sequence[str], longest: Mapping[str, int]) -> list[Negative]:
    """Of every JSON document, and of one in which these members must be, and none of these is longer."""
    return [
        Negative("unclosed_object", "every object is closed", _unclosed),
        Negative("trailing_comma", "behind the last member there is no comma", _trailing_comma),
        Negative("illegal_character", "control characters are escaped", instead(_TEXT, lambda content: f"{content}{ILLEGAL}")),
        Negative("unknown_member", "there are only members of the standard", _unknown),
        Negative("bad_date", "dates are days of the calendar", _bad_date),
        Negative("missing_field", "mandatory members are there", _missing(mandatory or ("resourceType",))),
        *([Negative("overlong_field", "no value is longer than the standard says", _overlong(longest))] if longest else ()),
    ]  # fmt: skip


def _unclosed(text: str, number: int) -> str | None:
    head, end, rest = text.rpartition("}")
    return f"{head}{rest}" if end else None


def _trailing_comma(text: str, number: int) -> str | None:
    head, end, rest = text.rpartition("}")
    return f"{head},}}{rest}" if end else None


def _unknown(text: str, number: int) -> str | None:
    head, start, rest = text.partition("{")
    return f'{head}{{"unknownMember":1,{rest}' if start and rest.lstrip()[:1] == '"' else None


def _bad_date(text: str, number: int) -> str | None:
    match = chosen(rf'(?<=:"){DAY}(?=["T])', text, number)
    return None if match is None else put(text, match, without_day(match[0]))


def _missing(mandatory: Sequence[str]) -> Change:
    """Without a member whose value is no object and no array."""

    def change(text: str, number: int) -> str | None:
        name = re.escape(mandatory[number % len(mandatory)])
        value = r'(?:"(?:[^"\\]|\\.)*"|[^,{}\[\]"]+)'
        return put(text, re.search(rf'"{name}":{value},|,"{name}":{value}(?=}})', text), "")

    return change


def _overlong(longest: Mapping[str, int]) -> Change:
    names = sorted(longest)

    def change(text: str, number: int) -> str | None:
        name = names[number % len(names)]
        match = re.search(rf'"{re.escape(name)}":"((?:[^"\\]|\\.)*)"', text)
        return None if match is None else put(text, match, match[1].ljust(longest[name] + 1, "X"), 1)

    return change
