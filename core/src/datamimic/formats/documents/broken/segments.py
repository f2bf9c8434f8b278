"""What breaks a message of segments: EDIFACT, X12, HL7 v2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from attrs import frozen

from datamimic.formats.documents.broken.choosing import ILLEGAL, chosen, put
from datamimic.formats.documents.negatives import Change, Negative

_COMPACT_DAY: Final = r"((?:19|20)\d\d)((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"


@frozen
class _Standard:
    segment: re.Pattern[str]
    between: str
    end: str
    header: str
    trailer: str
    reference: int
    """Which element of the header the trailer repeats, as its second."""
    longest: int
    """Of the header's reference."""
    day: str


_STANDARDS: Final = {
    "edifact": _Standard(
        re.compile(r"(?:[^?']|\?.)*'\s*", re.DOTALL), "+", "'", "UNH", "UNT", 1, 14, rf"(?<=:){_COMPACT_DAY}(?=\d*:)"
    ),
    "x12": _Standard(re.compile(r"[^~]*~\s*"), "*", "~", "ST", "SE", 2, 9, rf"(?<=\*){_COMPACT_DAY}(?=[*~])"),
    "hl7": _Standard(
        re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)"), "|", "\r", "MSH", "", 9, 199, rf"(?<=[|^]){_COMPACT_DAY}"
    ),
}


def negatives(
    syntax: Literal["edifact", "x12", "hl7"], mandatory: Sequence[str], longest: Mapping[str, int]
) -> list[Negative]:
    """Of every message of the standard, and of one in which these segments must be, and no element, `BGM.2`, is longer."""
    standard = _STANDARDS[syntax]
    ours = _Segmented(standard)
    found = [
        Negative("missing_segment", "mandatory segments are there", ours.missing(mandatory)),
        Negative("unknown_segment", "there are only segments of the standard", ours.unknown),
        Negative("overlong_field", "no element is longer than the standard says", ours.overlong(longest)),
        Negative("bad_date", "dates are days of the calendar", ours.bad_date),
        Negative("illegal_character", "control characters stand in no element", ours.illegal),
    ]
    if standard.trailer:
        return [
            Negative("wrong_control_count", "the trailer counts the segments", ours.wrong_count),
            Negative("wrong_reference", "the trailer repeats the reference of the header", ours.wrong_reference),
            Negative("missing_trailer", "a message ends with its trailer", ours.without_trailer),
            *found,
        ]
    return [
        Negative("missing_header", "a message begins with its header", ours.without_header),
        Negative("wrong_separator", "the header says the separator of all fields", ours.wrong_separator),
        *found,
    ]


@frozen
class _Segmented:
    standard: _Standard

    def of(self, text: str) -> list[str]:
        return [each for each in self.standard.segment.findall(text) if each]

    def elements(self, segment: str) -> list[str]:
        """What stands between the separators, escaped ones not counted; the end of the segment stays with the last."""
        escape = r"(?<!\?)" if self.standard.between == "+" else ""
        return re.split(escape + re.escape(self.standard.between), segment)

    def find(self, segments: Sequence[str], tag: str) -> int | None:
        starts = (tag + self.standard.between, tag + self.standard.end)
        return next((n for n, each in enumerate(segments) if each.lstrip().startswith(starts)), None)

    def told(self, segments: list[str], by: int) -> str:
        """The segments with another number in the trailer."""
        place = self.find(segments, self.standard.trailer) if self.standard.trailer else None
        if place is not None:
            elements = self.elements(segments[place])
            if len(elements) > 1 and elements[1].isdigit():
                elements[1] = str(int(elements[1]) + by)
                segments[place] = self.standard.between.join(elements)
        return "".join(segments)

    def wrong_count(self, text: str, number: int) -> str | None:
        return self.told(self.of(text), 1 + number % 9)

    def wrong_reference(self, text: str, number: int) -> str | None:
        segments = self.of(text)
        place = self.find(segments, self.standard.trailer)
        if place is None:
            return None
        head, between, reference = segments[place].rpartition(self.standard.between)
        first = "9" if reference[:1] != "9" else "8"
        segments[place] = f"{head}{between}{first}{reference[1:]}"
        return "".join(segments)

    def without_trailer(self, text: str, number: int) -> str | None:
        segments = self.of(text)
        place = self.find(segments, self.standard.trailer)
        return None if place is None else "".join(segments[:place] + segments[place + 1 :])

    def without_header(self, text: str, number: int) -> str | None:
        segments = self.of(text)
        place = self.find(segments, self.standard.header)
        return None if place is None else "".join(segments[:place] + segments[place + 1 :])

    def wrong_separator(self, text: str, number: int) -> str | None:
        start = self.standard.header + self.standard.between
        return text.replace(start, f"{self.standard.header}!", 1) if start in text else None

    def missing(self, mandatory: Sequence[str]) -> Change:
        """Without one that is named; else the one behind the header, which standards make mandatory."""

        def change(text: str, number: int) -> str | None:
            segments = self.of(text)
            if mandatory:
                place = self.find(segments, mandatory[number % len(mandatory)])
            else:
                header = self.find(segments, self.standard.header)
                place = None if header is None or header + 2 >= len(segments) else header + 1
            if place is None:
                return None
            del segments[place]
            return self.told(segments, -1)

        return change

    def unknown(self, text: str, number: int) -> str | None:
        segments = self.of(text)
        header = self.find(segments, self.standard.header)
        if header is None:
            return None
        ending = segments[header][len(segments[header].rstrip()) :]
        end = self.standard.end if self.standard.trailer else ""
        segments.insert(header + 1, f"QQQ{self.standard.between}1{end}{ending}")
        return self.told(segments, 1)

    def overlong(self, longest: Mapping[str, int]) -> Change:
        """Of the header's reference, which its trailer repeats, where no other element is named."""
        named = sorted(longest)

        def change(text: str, number: int) -> str | None:
            if not named:
                return self._longer_reference(text)
            name = named[number % len(named)]
            tag, _, place = name.partition(".")
            segments = self.of(text)
            found = self.find(segments, tag)
            if found is None:
                return None
            elements = self.elements(segments[found])
            # The first separator of HL7 is its own first field.
            at = int(place or 1) - (1 if tag == "MSH" else 0)
            if at >= len(elements) or not elements[at].strip():
                return None
            body = elements[at].rstrip("\r\n~'")
            elements[at] = body.ljust(longest[name] + 1, "X") + elements[at][len(body) :]
            segments[found] = self.standard.between.join(elements)
            return "".join(segments)

        return change

    def _longer_reference(self, text: str) -> str | None:
        segments = self.of(text)
        header = self.find(segments, self.standard.header)
        if header is None:
            return None
        elements = self.elements(segments[header])
        if self.standard.reference >= len(elements):
            return None
        own = elements[self.standard.reference].rstrip("\r\n~'")
        longer = own.ljust(self.standard.longest + 1, "9")
        elements[self.standard.reference] = longer + elements[self.standard.reference][len(own) :]
        segments[header] = self.standard.between.join(elements)
        trailer = self.find(segments, self.standard.trailer) if self.standard.trailer else None
        if trailer is not None:
            head, between, rest = segments[trailer].rpartition(self.standard.between)
            segments[trailer] = f"{head}{between}{rest.replace(own, longer, 1)}"
        return "".join(segments)

    def bad_date(self, text: str, number: int) -> str | None:
        return put(text, chosen(self.standard.day, text, number), "0230", 2)

    def illegal(self, text: str, number: int) -> str | None:
        segments = self.of(text)
        header = self.find(segments, self.standard.header)
        if header is None or header + 1 >= len(segments):
            return None
        body = segments[header + 1].rstrip("\r\n")
        body = body.removesuffix(self.standard.end)
        segments[header + 1] = f"{body}{ILLEGAL}{segments[header + 1][len(body) :]}"
        return "".join(segments)
