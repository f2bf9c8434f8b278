"""Messages in which one named rule is broken: parsers of others refuse them, and take the sound ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from lxml import etree

from datamimic.formats.documents import (
    DECLARATION,
    EDIFACT,
    HL7,
    X12,
    Message,
    Negative,
    Piece,
    block,
    comma,
    compact,
    document,
    each,
    element,
    of,
    part,
    tagged,
    text_block,
    together,
)

ROWS = pa.record_batch(
    {
        "no": ["A1", "B2?", "C3+:'"],
        "day": [date(2025, 1, 31), date(2024, 2, 29), date(2025, 12, 1)],
        "amount": [12, 5, 700],
        "lines": [[{"code": "x"}, {"code": "y"}], [], [{"code": "z"}]],
    }
)
NAMESPACE = "urn:example:order"


class Xml(Message):
    name = "test.xml"
    entity = "test.order"
    several = False
    mandatory = ("Dt",)
    longest: Mapping[str, int] = {"Id": 8}

    def document(self) -> Piece:
        lines = each("lines", element("Ln", of("code")))
        return together(
            DECLARATION,
            element("Ord", {"xmlns": NAMESPACE}, element("Id", of("no")), element("Dt", of("day")), lines),
        )


class Edifact(Message):
    name = "test.edifact"
    entity = "test.order"

    def document(self) -> Piece:
        body = EDIFACT.group(
            EDIFACT.segment("UNH", of("amount"), EDIFACT.components("ORDERS", "D", "01B", "UN")),
            EDIFACT.segment("BGM", "220", of("no"), "9"),
            EDIFACT.segment("DTM", EDIFACT.components("137", of("day", compact), "102")),
            each("lines", EDIFACT.segment("LIN", of("code"))),
        )
        return EDIFACT.counted(body, EDIFACT.segment("UNT", of("#units"), of("amount")))


class X12Claim(Message):
    name = "test.x12"
    entity = "test.order"

    def document(self) -> Piece:
        body = X12.group(
            X12.segment("ST", "837", of("amount")),
            X12.segment("BHT", "0019", "00", of("no"), of("day", compact)),
            each("lines", X12.segment("LX", of("code"))),
        )
        return X12.counted(body, X12.segment("SE", of("#units"), of("amount")))


class Hl7(Message):
    name = "test.hl7"
    entity = "test.order"

    def document(self) -> Piece:
        return HL7.group(
            together("MSH|^~\\&|A|B|C|D|", of("day", compact), "||ADT^A01|", of("amount"), "|P|2.5.1\r"),
            HL7.segment("EVN", "A01", of("day", compact)),
            HL7.segment("PID", "1", None, of("no")),
        )


class Fin(Message):
    name = "test.fin"
    entity = "test.order"

    def document(self) -> Piece:
        return together(
            block(1, "F01BANKDEFFAXXX0000000000"),
            text_block(
                tagged("20", of("no", part(0, 2))),
                tagged("32A", of("day", compact, part(2)), "EUR", of("amount", comma)),
                tagged("70", "a\r\nb"),
            ),
        )


class Json(Message):
    name = "test.json"
    entity = "test.order"
    several = False
    longest: Mapping[str, int] = {"id": 8}

    def document(self) -> Piece:
        return document(
            {"resourceType": "Order", "id": of("no"), "date": of("day"), "lines": each("lines", of("code"))}
        )


SCHEMA = etree.XMLSchema(
    etree.fromstring(f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}"
      elementFormDefault="qualified"><xs:element name="Ord"><xs:complexType><xs:sequence>
      <xs:element name="Id"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction>
      </xs:simpleType></xs:element>
      <xs:element name="Dt" type="xs:date"/><xs:element name="Ln" type="xs:string" minOccurs="0" maxOccurs="9"/>
      </xs:sequence></xs:complexType></xs:element></xs:schema>""")
)


def xml_refuses(text: str) -> bool:
    try:
        return not SCHEMA.validate(etree.fromstring(text.encode()))
    except etree.XMLSyntaxError:
        return True


def json_refuses(text: str) -> bool:
    try:
        made = json.loads(text)
        days = [date.fromisoformat(made["date"])]
    except (ValueError, KeyError):
        return True
    return (
        not days
        or not {"resourceType", "id"} <= made.keys() <= {"resourceType", "id", "date", "lines"}
        or len(made["id"]) > 8
    )


def _is_day(text: str) -> bool:
    try:
        return bool(date(int(text[:4]), int(text[4:6]), int(text[6:8])))
    except ValueError:
        return False


def segments_refuse(between: str, end: str, tags: str, head: int, trailer: str) -> Callable[[str], bool]:
    """A reader of segments by hand, from the standards: header, second segment, count and reference of the trailer."""

    def refuses(text: str) -> bool:
        if re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", text):
            return True
        segments = [each.strip("\n") for each in re.split(rf"(?<!\?){re.escape(end)}", text) if each.strip("\n")]
        rows = [re.split(rf"(?<!\?){re.escape(between)}", each) for each in segments]
        names = [row[0] for row in rows]
        expected = tags.split()
        if names[:2] != expected[:2] or not set(names) <= set(expected):
            return True
        if trailer and (names[-1] != trailer or rows[-1][1] != str(len(rows)) or rows[-1][2] != rows[0][head]):
            return True
        if len(rows[0][head]) > {"UNH": 14, "ST": 9, "MSH": 199}[names[0]]:
            return True
        days = re.findall(r"(?<![\dA-Za-z])(?:19|20)\d{6}(?!\d)", text)
        return not days or not all(map(_is_day, days))

    return refuses


def fin_refuses(text: str) -> bool:
    match = re.fullmatch(r"\{1:[^{}]+\}\{4:\r\n((?::\d\d[A-Z]?:[^:{}~]*\r\n)+)-\}", text)
    if match is None:
        return True
    fields = dict(re.findall(r":(\d\d[A-Z]?):([^:]*)\r\n", match[1]))
    good = fields.keys() == {"20", "32A", "70"} and 0 < len(fields["20"]) <= 16
    return not good or not re.fullmatch(r"\d{6}[A-Z]{3}\d+,\d*", fields["32A"]) or not _is_day("20" + fields["32A"][:6])


KINDS: list[tuple[type[Message], Callable[[str], bool]]] = [
    (Xml, xml_refuses),
    (Json, json_refuses),
    (Edifact, segments_refuse("+", "'", "UNH BGM DTM LIN UNT", 1, "UNT")),
    (X12Claim, segments_refuse("*", "~", "ST BHT LX SE", 2, "SE")),
    (Hl7, segments_refuse("|", "\r", "MSH EVN PID", 9, "")),
    (Fin, fin_refuses),
]
CASES = [(cls, refuses, rule.name) for cls, refuses in KINDS for rule in cls().negatives()]


@pytest.mark.parametrize(("cls", "refuses"), KINDS)
def test_sound_messages_are_taken(cls: type[Message], refuses: Callable[[str], bool]) -> None:
    for text in cls().texts(ROWS).to_pylist():
        assert not refuses(text), text


@pytest.mark.parametrize(("cls", "refuses", "name"), CASES, ids=[f"{cls.name}-{name}" for cls, _, name in CASES])
def test_a_broken_rule_is_refused(cls: type[Message], refuses: Callable[[str], bool], name: str) -> None:
    message = cls()
    rule = message.negative(name)
    assert rule is not None and rule.sentence
    tried = 0
    for text in message.texts(ROWS).to_pylist():
        for number in range(12):
            broken = rule.broken(text, number)
            if broken is not None:
                tried += 1
                assert refuses(broken), broken
    assert tried >= 12


@pytest.mark.parametrize("cls", [Edifact, X12Claim])
def test_one_rule_alone_is_broken(cls: type[Message]) -> None:
    """Where a segment goes or comes, the trailer counts what is there; a longer reference is the same in the trailer."""
    message: Any = cls()
    for name in ("missing_segment", "unknown_segment", "overlong_field"):
        text = message.texts(ROWS)[0].as_py()
        broken = message.negative(name).broken(text, 1)
        segments = [each for each in re.split(r"['~]\n", broken) if each]
        header, trailer = re.split(r"[+*]", segments[0]), re.split(r"[+*]", segments[-1])
        assert trailer[1] == str(len(segments))
        assert trailer[2] == header[2 if cls is X12Claim else 1]


def test_a_message_has_rules_of_its_own() -> None:
    class Own(Xml):
        name = "test.own"

        def negatives(self) -> list[Negative]:
            wrong = Negative("wrong_id", "ids begin with a letter", lambda text, number: text.replace("<Id>", "<Id>1"))
            return [*super().negatives(), wrong]

    own = Own().negative("wrong_id")
    assert own is not None and own.broken("<Id>A</Id>", 0) == "<Id>1A</Id>"
    assert Own().negative("wrong_iden") is None
