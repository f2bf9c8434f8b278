"""Messages of HL7 version 2.5.1: judged by hl7apy and the tables, in order of time, and one with the record."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

import hl7_shapes
import numpy as np
import pytest
from hl7_judge import faults, split

from datamimic import World

CLOCK = "2025-01-01T00:00:00Z"
KINDS = (
    "adt_a01", "ack_a01", "adt_a02", "ack_a02", "adt_a03", "adt_a04", "ack_a04", "adt_a08", "adt_a11", "ack_a11", "orm_o01",
    "orr_o02", "omg_o19", "org_o20", "oru_r01", "ack_r01", "siu_s12", "siu_s15", "siu_s26", "vxu_v04", "ack_v04", "mdm_t02",
)  # fmt: skip
ANSWERS = {"ORM": "ORR^O02", "OMG": "ORG^O20"}
COUNTRIES = {"US": "en_US", "DE": "de_DE", "FR": "fr_FR", "GB": "en_GB", "VN": "vi_VN"}


@lru_cache
def world(country: str = "US") -> World:
    return World(seed="hl7", locale=COUNTRIES[country], clock=CLOCK)


@lru_cache
def journeys(country: str, patients: int) -> list[list[str]]:
    """Of each patient the messages."""
    return [split(text) for text in world(country).message("hl7.2.5.1.journey")[0:patients].texts()]


def messages(kind: str, count: int) -> list[str]:
    return split(world().message(f"hl7.2.5.1.{kind}")[0:count].to_bytes().decode())


def segment(message: str, name: str) -> list[str]:
    """The fields of the first segment of the name, by their numbers."""
    found = next(line for line in message.split("\r") if line.startswith(f"{name}|")).split("|")
    return [found[0], "|", *found[1:]] if name == "MSH" else found


def test_the_judge_refuses_what_is_wrong() -> None:
    admission, result = messages("adt_a04", 3)[0], messages("oru_r01", 3)[0]
    assert faults(admission) == faults(result) == []
    wrong = {
        "PV1 is missing": re.sub(r"PV1\|[^\r]*\r", "", admission),
        "EVN is missing": re.sub(r"EVN\|[^\r]*\r", "", admission),
        "a date with month 13": re.sub(r"\|(\d{4})\d{4}\|([FM])\|", r"|\g<1>1332|\2|", admission),
        "sex": re.sub(r"\|[FM]\|\|\|", "|Q|||", admission),
        "class": re.sub(r"PV1\|1\|.\|", "PV1|1|Z|", admission),
        "kind of identifier": admission.replace("^^^DATAMIMIC^MR", "^^^DATAMIMIC^M?"),
        "an unknown segment": admission.replace("EVN|", "EVX|"),
        "no number": re.sub(r"\|\|[\d.]+\|", "||abc|", result, count=1),
        "a flag": re.sub(r"\|[NHL]\|\|\|F", "|X|||F", result, count=1),
        "status of a result": result.replace("|||F|||", "||||||", 1),
    }
    for what, message in wrong.items():
        assert message not in (admission, result), what
        assert faults(message), what
        assert hl7_shapes.faults(message), what


def test_the_judge_by_shapes_refuses_what_is_too_long_and_knows_shapes_apart() -> None:
    discharge = messages("adt_a03", 1)[0]
    assert hl7_shapes.faults(discharge) == []
    number = segment(discharge, "PV1")[19]
    longer = discharge.replace(number, f"ENC-US-{number}")
    assert any("PV1-19.1 has 17 of 15" in each for each in hl7_shapes.faults(longer))
    assert any(
        "DTM" in each or "date" in each
        for each in hl7_shapes.faults(re.sub(r"EVN\|A03\|\d{6}", "EVN|A03|202513", discharge))
    )
    assert hl7_shapes.faults(discharge) == []


@pytest.mark.parametrize("kind", KINDS)
def test_messages_are_what_the_standard_says(kind: str) -> None:
    found = messages(kind, 4)
    assert found, kind
    for message in found:
        assert faults(message) == [], message


@pytest.mark.parametrize("country", ["DE", "VN"])
def test_journeys_of_other_countries_are_valid(country: str) -> None:
    every = [message for journey in journeys(country, 40) for message in journey]
    for message in every[:: max(1, len(every) // 12)]:
        assert faults(message) == [], message


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_journey_is_in_order_and_every_message_is_answered(country: str) -> None:
    refuse_disorder([[*journey] for journey in journeys(country, 40)])


def test_messages_of_each_kind_are_those_of_the_journeys() -> None:
    told = {message for journey in journeys("US", 40) for message in journey}
    for kind in KINDS:
        if kind not in ("orm_o01", "orr_o02", "adt_a11", "ack_a11"):
            found = messages(kind, 4)
            assert len(found) == 4 and {*found} <= told, kind


def test_what_is_told_of_few_visits_is_looked_for_among_those_that_may_have_it() -> None:
    names = ("withdrawn", "missed", "called_off")
    visits = world()["healthcare.encounter"][0:20_000]
    batch = visits.world.batch(visits.world.spec("healthcare.encounter"), np.arange(20_000))
    for name in names:
        told, may = batch.column(f"told_{name}"), batch.column(f"may_be_{name}")
        assert told.any() and not (told & ~may).any() and may.mean() < 0.2, name


def test_cancelled_admissions_are_those_of_a_world_of_missed_stays() -> None:
    options = {"healthcare.encounter": {"encounter_class": "IMP", "outcome": "no-show"}}
    missed = World(seed="hl7", locale="en_US", clock=CLOCK, options=options).message("hl7.2.5.1.adt_a11")[0:40]
    assert len(missed.rows.every) == 40, "there is one of each row"
    for message in split(missed.to_bytes().decode())[::10]:
        assert faults(message) == [], message


@pytest.mark.parametrize("kind", ["adt_a03", "ack_a04", "oru_r01", "siu_s12", "vxu_v04"])
def test_every_negative_is_refused(kind: str) -> None:
    made = world().message(f"hl7.2.5.1.{kind}")
    text = made[1]
    for rule in made.message.negatives():
        for number in (1, 5):
            assert _refused(rule.broken(text, number) or text), (kind, rule.name, number)
    assert not _refused(text)


def _refused(text: str) -> bool:
    found = split(text)
    return "".join(found) != text or any(map(hl7_shapes.faults, found))


def test_disorder_is_refused() -> None:
    journey = next(each for each in journeys("US", 40) if len(each) > 8)
    late, foreign = (
        [*journey[2:], *journey[:2]],
        [*journey[:1], journey[1].replace("MSA|AA|", "MSA|AA|9"), *journey[2:]],
    )
    for wrong in (late, foreign, journey[1:], [*journey, *journey]):
        with pytest.raises(AssertionError):
            refuse_disorder([wrong])


def refuse_disorder(found: list[list[str]]) -> None:
    seen: set[str] = set()
    for journey in found:
        heads = [segment(message, "MSH") for message in journey]
        assert [head[7] for head in heads] == sorted(head[7] for head in heads)
        assert len(journey) % 2 == 0
        numbers: set[str] = set()
        phases: dict[str, list[str]] = defaultdict(list)
        for message, answer, head, reply in zip(journey[::2], journey[1::2], heads[::2], heads[1::2], strict=True):
            assert head[10] not in seen and reply[10] not in seen
            seen |= {head[10], reply[10]}
            kind, event, _ = head[9].split("^")
            assert reply[9].startswith(ANSWERS.get(kind, f"ACK^{event}^"))
            assert segment(answer, "MSA")[1:3] == ["AA", head[10]]
            assert (head[3], head[5]) == (reply[5], reply[3]) and head[4] == reply[6]
            numbers.add(segment(message, "PID")[3])
            if kind != "VXU":
                visit = segment(message, "PV1")[19].split("^")[0]
                assert visit == head[10][:10]
                phases[visit].append(event)
        assert len(numbers) <= 1
        for events in phases.values():
            assert events in SEQUENCES, events


ARRIVAL = (["A01"], ["A04"], ["A01", "O19"], ["A04", "O19"], ["A01", "A02"], ["A01", "O19", "A02"])
SEQUENCES: list[list[str]] = [
    [*before, *events]
    for before in ([], ["S12"])
    for events in (
        ["S15"],
        ["S26"],
        ["A01", "A11"],
        [],
        *ARRIVAL,
        *([*each, "R01", "A08", "T02", "A03"] for each in ARRIVAL),
    )
]


@pytest.mark.parametrize("country", ["US", "DE"])
def test_what_is_told_is_what_the_record_says(country: str) -> None:
    rows = world(country)["healthcare.medical_record"][0:40].to_arrow().to_pylist()
    patients = world(country)["healthcare.patient"]
    for journey, row, patient in zip(journeys(country, 40), rows, patients[0:40], strict=True):
        told: dict[str, dict[str, str]] = defaultdict(dict)
        for message in journey[::2]:
            assert f"{patient.medical_record_number}^^^DATAMIMIC^MR" in message
            event = segment(message, "MSH")[9].split("^")[1]
            if event != "V04":
                told[segment(message, "PV1")[19].split("^")[0]][event] = message
        by_id = {each["encounter_id"][-10:]: each for each in row["encounters"]}
        assert told.keys() <= by_id.keys()
        for number, visit in by_id.items():
            assert ("A03" in told[number]) == (visit["status"] == "finished")
            assert ("S15" in told[number]) == (visit["status"] == "cancelled")
            if visit["status"] == "finished":
                _agree(told[number], visit, row)


def _agree(told: dict[str, str], visit: dict[str, Any], row: dict[str, Any]) -> None:
    arrived, left = f"{visit['start']:%Y%m%d%H%M%S}+0000", f"{visit['end']:%Y%m%d%H%M%S}+0000"
    assert segment(told["A03"], "PV1")[44:46] == [arrived, left]
    assert segment(told["A03"], "DG1")[3].split("^")[0] == visit["reason_code"]
    assert segment(told["A03"], "PV1")[7].startswith(f"{visit['doctor_id']}^")
    assert segment(told["A03"], "MSH")[4] == visit["hospital_id"]
    values = [line.split("|") for line in told["R01"].split("\r") if line.startswith("OBX|")]
    expected = [each for each in row["observations"] if each["taken_at"] == visit["start"]]
    assert [(each[3].split("^")[0], float(each[5]), each[8]) for each in values] == [
        (each["loinc"], each["value"], each["flag"]) for each in expected
    ]
    orders = re.findall(r"\rORC\|NW\|([^|^]*)", told.get("O19", ""))
    assert orders == re.findall(r"\rORC\|RE\|([^|^]*)", told["R01"])


def test_a_batch_says_how_many_messages_it_has() -> None:
    from io import BytesIO

    from datamimic.plugins.registry import installed_packs

    cls: Any = installed_packs().message("hl7.2.5.1.adt_a01")
    rows = world()["healthcare.encounter"][0:3_000].select(cls().columns())
    stream = BytesIO()
    writer = cls(batch=True).writer(stream, rows.schema())
    for batch in rows.batches():
        writer.write(batch)
    writer.close()
    lines = stream.getvalue().decode().rstrip("\r").split("\r")
    count = sum(line.startswith("MSH|") for line in lines)
    assert count > 20 and lines[:2] == ["FHS|^~\\&|HIS", "BHS|^~\\&|HIS"] and lines[-2:] == [f"BTS|{count}", "FTS|1"]


@pytest.mark.thorough
@pytest.mark.parametrize("country", COUNTRIES)
def test_ten_thousand_patients(country: str) -> None:
    """All that is told of them; ten_thousand.py judges as many of each kind."""
    found = [
        split(text)
        for start in range(0, 10_000, 2_000)
        for text in world(country).message("hl7.2.5.1.journey")[start : start + 2_000].texts()
    ]
    refuse_disorder(found)
    every = [message for journey in found for message in journey]
    assert len(every) > 100_000
    for message in every:
        assert hl7_shapes.faults(message) == [], message
