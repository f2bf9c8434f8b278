"""The texts of messages are judged: what is broken in them is found, at its count, and what is sound holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic.checks.texts import check_texts
from datamimic.cli import main
from datamimic.errors import DataError
from datamimic.formats.documents.kept.syntaxes import rules_of
from datamimic.formats.documents.syntax import Syntax

EDI = (
    "UNA:+.? 'UNB+UNOC:3+S+R+250101:0900+1'UNH+7+ORDERS:D:01B:UN'BGM+220+A?'1+9'DTM+137:20250131:102'UNT+4+7'"
    "UNH+8+ORDERS:D:01B:UN'BGM+220+A2+9'UNT+3+8'UNZ+2+1'"
)
X12 = "ISA*00~GS*HC~ST*837*01~BHT*0019~DTP*472*D8*20250131~SE*4*01~ST*837*02~SE*2*02~GE*2*1~IEA*1~"
HL7 = "FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|A|B|C|D|20250101||ADT^A01|1|P|2.5.1\rPID|1\rBTS|1\rFTS|1\r"
FIN = "{1:F01BANKDEFF}{2:O940}{4:\r\n:20:A\r\n:60F:C250131EUR1,5\r\n-}{1:F01BANKDEFF}{2:O940}{4:\r\n:20:B\r\n-}"
XML = "<?xml version='1.0'?><a><day>2025-01-31</day></a>"
JSON = '{"a": 1, "on":"2025-01-31"}'


def judged(tmp_path: Path, text: str) -> dict[str, tuple[int, int]]:
    path = tmp_path / "file.txt"
    path.write_bytes(text.encode())
    return {each.check: (each.violations, each.rows) for each in check_texts([path], None)}


@pytest.mark.parametrize(("text", "documents"), [(EDI, 2), (X12, 2), (HL7, 1), (FIN, 2), (XML, 1)])
def test_what_is_sound_holds(tmp_path: Path, text: str, documents: int) -> None:
    found = judged(tmp_path, text)
    assert {broken for broken, _ in found.values()} == {0}
    assert found["day_of_the_calendar"] == (0, documents)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (EDI.replace("UNT+4+7", "UNT+5+7"), "segment_count"), (EDI.replace("UNT+4+7", "UNT+4+9"), "reference"),
        (EDI.replace("UNZ+2", "UNZ+3"), "interchange_count"), (EDI.replace("20250131", "20250231"), "day_of_the_calendar"),
        (EDI.replace("BGM+220+A2", "BGM+220+A\x072"), "characters"), (EDI.replace("UNT+3+8'", ""), "segment_count"),
        (X12.replace("SE*4", "SE*3"), "segment_count"), (X12.replace("GE*2", "GE*1"), "group_count"),
        (X12.replace("SE*4*01", "SE*4*09"), "reference"), (X12.replace("0131~", "0231~"), "day_of_the_calendar"),
        (HL7.replace("BTS|1", "BTS|2"), "batch_count"), (HL7.replace("MSH|^~", "MSH|!~"), "header"),
        (HL7.replace("|20250101|", "|20251301|"), "day_of_the_calendar"),
        (FIN.replace("-}{1:", "-{1:"), "closed_blocks"), (FIN.replace("1,5", "1.50"), "decimal_comma"),
        (FIN.replace(":20:A", ":20:A~"), "characters"), (FIN.replace("C250131", "C250231"), "day_of_the_calendar"),
        (XML.replace("</day>", ""), "well_formed"), (XML.replace("<a>", "<!DOCTYPE a><a>"), "well_formed"),
        (XML.replace("01-31", "02-31"), "day_of_the_calendar"), (f"{XML}<a/>", "well_formed"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(tmp_path: Path, text: str, rule: str) -> None:
    assert {name for name, (broken, _) in judged(tmp_path, text).items() if broken} >= {rule}
    assert judged(tmp_path, text)[rule][0] == 1


@pytest.mark.parametrize(
    ("syntax", "text", "mandatory", "longest"),
    [
        ("edifact", EDI, "DTM", {"BGM.2": 2}), ("x12", X12, "DTP", {"BHT.1": 3}), ("hl7", HL7, "PID", {"MSH.10": 0}),
        ("fin", FIN, "60F", {"20": 0}), ("xml", XML, "day", {"day": 9}), ("json", JSON, "on", {"on": 9}),
    ],
)  # fmt: skip
def test_mandatory_parts_and_lengths(syntax: Syntax, text: str, mandatory: str, longest: dict[str, int]) -> None:
    def holds(name: str, mandatory: str, longest: dict[str, int]) -> Callable[[str], bool]:
        return next(each.holds for each in rules_of(syntax, (mandatory,), longest) if each.name == name)

    assert holds("mandatory", mandatory, {})(text) and not holds("mandatory", "QQQ", {})(text)
    (name, most), more = *longest.items(), 99
    assert holds("length", mandatory, {name: more})(text) and not holds("length", mandatory, {name: most})(text)


def test_json_is_one_object_without_repetitions() -> None:
    (well_formed, *_) = rules_of("json", (), {})
    assert well_formed.holds(JSON)
    for wrong in ('{"a": 1, "a": 2}', "[1]", '{"a": 1,}', "{"):
        assert not well_formed.holds(wrong)


def test_the_command_judges_a_file_that_nobody_described(tmp_path: Path) -> None:
    path = tmp_path / "orders.edi"
    path.write_text(EDI.replace("UNT+4+7", "UNT+5+7"))
    done = CliRunner().invoke(main, ["check", str(path)])
    assert done.exit_code == 1 and "the trailer counts the segments" in done.stdout, done.output
    assert "1 of 5 checks do not hold in 2 texts" in done.stdout
    told: list[dict[str, Any]] = json.loads(CliRunner().invoke(main, ["check", str(path), "--json"]).stdout)
    assert [(each["check"], each["samples"]) for each in told if each["violations"]] == [("segment_count", [0])]


def test_what_is_no_text_of_a_message_is_refused(tmp_path: Path) -> None:
    for content in (b"hello", b"UNB+\xff\xfe"):
        (tmp_path / "file").write_bytes(content)
        with pytest.raises(DataError) as refused:
            check_texts([tmp_path / "file"], None)
        assert refused.value.code == "bad_input"
    with pytest.raises(DataError):
        check_texts([tmp_path / "nowhere"], None)
