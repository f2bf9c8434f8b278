"""Records, hospitals and encounters as they stood at an earlier moment."""

from datetime import UTC, datetime

import pytest

from datamimic import World
from datamimic_pack_healthcare import Encounter, Hospital, MedicalDevice, MedicalRecord

THEN = datetime(2024, 3, 1, tzinfo=UTC)
ROWS = 3_000


@pytest.fixture(scope="module")
def world():
    return World("histories", "DE")


def told(world, cls, rows=ROWS):
    return world[cls][0:rows].to_arrow().to_pylist()


def test_records_as_of_a_day_are_what_was_known_then(world):
    now = {record["record_id"]: record for record in told(world, MedicalRecord)}
    then = told(world.as_of(THEN), MedicalRecord)
    assert 0.8 * ROWS < len(then) < ROWS
    for record in then:
        later = now[record["record_id"]]
        for part, day in (("conditions", "recorded"), ("medications", "start"), ("allergies", "recorded")):
            assert len(record[part]) == sum(entry[day] <= THEN.date() for entry in later[part])
        assert [o["taken_at"] for o in record["observations"]] == [
            o["taken_at"] for o in later["observations"] if o["taken_at"] <= THEN
        ]
        for entry in record["medications"]:
            same = next(
                m
                for m in later["medications"]
                if (m["medication"], m["start"]) == (entry["medication"], entry["start"])
            )
            ended = same["end"] is not None and same["end"] <= THEN.date()
            assert (entry["status"] == "active") == (not ended)
            assert entry["end"] == (same["end"] if ended else None)
    assert any(m["status"] == "active" for r in then for m in r["medications"])
    assert any(c["status"] == "resolved" for r in then for c in r["conditions"])


def test_encounters_are_planned_before_they_begin(world):
    now = {each["encounter_id"]: each for each in told(world, Encounter)}
    then = told(world.as_of(THEN), Encounter)
    assert {each["encounter_id"] for each in then} == {k for k, each in now.items() if each["booked_at"] <= THEN}
    for each in then:
        final = now[each["encounter_id"]]
        called_off = final["cancelled_at"] is not None and final["cancelled_at"] <= THEN
        if each["status"] == "planned":
            assert each["start"] > THEN
            assert not called_off
        else:
            assert called_off or each["start"] <= THEN
        assert (each["end"] is not None) == (final["end"] is not None and final["end"] <= THEN)
    assert {"planned", "finished", "cancelled", "no-show"} <= {each["status"] for each in then}


def test_hospitals_open_and_are_accredited_in_time(world):
    old = world.as_of("1990-01-01")
    names = [len(old[Hospital][0:ROWS]), len(world[Hospital][0:ROWS])]
    assert 0.3 < names[0] / names[1] < 0.9
    listed = [sum(len(each["accreditation"]) for each in told(w, Hospital)) for w in (world.as_of("2019-01-01"), world)]
    assert 0 < listed[0] < listed[1]


def test_some_maintenance_is_overdue(world):
    devices = told(world, MedicalDevice, 20_000)
    due = [each["next_maintenance_date"] for each in devices if each["next_maintenance_date"]]
    assert 0.03 < sum(day < world.clock.date for day in due) / len(due) < 0.08
