"""The pictures of the first page: rows, digests and measurements as they are, drawn when the reference is written."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datamimic import World
from datamimic.plugins.registry import Registry
from pages.drawing import arrow, box, drawing, text, tinted

RESULTS = Path(__file__).parents[2] / "bench" / "results" / "coherence.json"
SEED, LOCALE, CLOCK = "docs-demo", "en_US", "2025-01-01T00:00:00Z"
WIDTH, HEIGHT = 400, 390
COUNT = 20_000
COLUMNS = ("patient_id", "full_name", "birthdate", "age", "conditions", "medications", "primary_doctor_id")


def joined(packs: Registry) -> str:
    """One patient, her doctor, the doctor's hospital: three tables, and what fits."""
    patients: Any = World(SEED, LOCALE, CLOCK, packs=packs)["healthcare.patient"]
    row, patient = next((row, patient) for row, patient in enumerate(patients[0:1_000]) if _tells(patient))
    doctor = patient.primary_doctor
    hospital = doctor.hospital
    home, ward = patient.address, hospital.address
    pairs = zip(patient.conditions, patient.medications, strict=True)
    parts = [
        text(18, 28, "One row, joined through", "head"),
        text(18, 46, f"row {row} of healthcare.patient; no other row was made", "soft"),
        box(18, 60, 364, 146),
        text(30, 82, f"{patient.full_name}, {patient.age}", "bold"),
        text(370, 82, patient.patient_id, "code soft", "end"),
        text(30, 102, f"born {patient.birthdate.isoformat()}, {patient.gender}, {patient.marital_status}"),
        text(30, 122, f"{home.city}, {_state(home)} {home.postal_code}"),
        text(370, 122, f"{patient.phone}", "", "end"),
        text(30, 138, "ZIP and area code are the city's; 555-01 is nobody's", "soft"),
        *(text(30, 160 + 18 * n, f"{illness}: {drug}") for n, (illness, drug) in enumerate(pairs)),
        text(30, 196, "illness by age and sex; drug by illness and allergies", "soft"),
        arrow(36, 206, 58, 236),
        box(58, 216, 324, 64),
        text(70, 238, f"Dr. {doctor.given_name} {doctor.family_name}", "bold"),
        text(370, 238, doctor.doctor_id, "code soft", "end"),
        text(70, 256, doctor.specialty),
        text(70, 272, "the patient's primary_doctor_id", "soft"),
        arrow(76, 280, 98, 318),
        box(98, 290, 284, 82),
        text(110, 312, hospital.name, "bold"),
        text(110, 330, f"{ward.city}, {_state(ward)} {ward.postal_code}"),
        text(370, 330, f"{hospital.bed_count} beds", "", "end"),
        text(110, 348, f"in the patient's state, {home.state}:", "soft"),
        text(110, 363, "a computed row number, not a search", "soft"),
    ]
    return drawing(
        WIDTH, HEIGHT, "One row, joined through", "A patient, her doctor and the doctor's hospital agree", parts
    )


def _tells(patient: Any) -> bool:
    """Whether there is something to see: two illnesses with a drug each, and a hospital of the patient's state."""
    pairs = len(patient.conditions) == len(patient.medications) == 2
    return pairs and bool(patient.address.state == patient.primary_doctor.hospital.address.state)


def _state(address: Any) -> str:
    return str(address.state_code).rpartition("-")[2]


def digest(table: Any) -> str:
    """SHA-256 over the rows as JSON."""
    rows = json.dumps(table.select(COLUMNS).to_pylist(), default=str, ensure_ascii=False)
    return hashlib.sha256(rows.encode()).hexdigest()


def same_bytes(packs: Registry) -> str:
    """The same rows, asked for in five ways, each in a world of its own."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    def rows(seed: str = SEED) -> Any:
        return World(seed, LOCALE, CLOCK, packs=packs)["healthcare.patient"]

    def pieces() -> Any:
        starts = range(0, COUNT, 1_700)
        made = {start: rows()[start : min(start + 1_700, COUNT)].to_arrow() for start in reversed(starts)}
        return pa.Table.from_pylist([row for start in starts for row in made[start].select(COLUMNS).to_pylist()])

    def by_column() -> Any:
        made = {name: rows()[0:COUNT].select([name]).to_arrow()[name] for name in reversed(COLUMNS)}
        return pa.table({name: made[name] for name in COLUMNS})

    def by_workers() -> Any:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "datamimic", "generate", "healthcare.patient", "--count", str(COUNT)]
            command += ["--seed", SEED, "--locale", LOCALE, "--clock", CLOCK, "--workers", "2", "--output", "a.parquet"]
            subprocess.run([*command, "--quiet"], cwd=folder, check=True)
            return parquet.read_table(Path(folder) / "a.parquet")

    ways = {
        f"{COUNT:,} rows at once": lambda: rows()[0:COUNT].to_arrow(),
        "the first of 30,000": lambda: rows()[0:30_000].to_arrow().slice(0, COUNT),
        "in pieces, the last piece first": pieces,
        "every column alone, backwards": by_column,
        "by two processes, into a file": by_workers,
    }
    found = {name: digest(make()) for name, make in ways.items()}
    assert len(set(found.values())) == 1, found
    other = digest(rows("another")[0:COUNT].to_arrow())
    parts = [
        text(18, 28, "The same bytes, however asked for", "head"),
        text(18, 46, f"SHA-256 of {COUNT:,} patients, seed {SEED!r}", "soft"),
    ]
    for number, (name, value) in enumerate(found.items()):
        y = 60 + 46 * number
        parts += [
            box(18, y, 364, 38),
            text(30, y + 24, name),
            text(370, y + 24, f"{value[:12]}…", "code good", "end"),
        ]
    parts += [
        box(18, 298, 364, 38),
        text(30, 322, "seed 'another'"),
        text(370, 322, f"{other[:12]}…", "code bad", "end"),
        text(18, 358, "value = f(seed, entity, field, row): nothing is drawn in", "soft"),
        text(18, 374, "order. A manifest beside the file lets dm verify prove it.", "soft"),
    ]
    return drawing(WIDTH, HEIGHT, "The same bytes, however asked for", "Five ways to ask, one digest", parts)


SHOWN = {
    "US: ZIP code belongs to the city": "ZIP belongs to the city",
    "US: phone's area code is one of the state": "phone fits the state",
    "US: phone number is valid": "phone number is valid",
    "US: e-mail fits the name": "e-mail fits the name",
    "US: doctor's title only from 24 years": "title fits the age",
    "DE: the IBAN's bank exists": "the IBAN's bank exists",
    "DE: balance is opening balance plus transactions": "balance adds up",
    "Conditions fit age and sex": "illness fits age, sex",
    "Every drug has an indication": "drug fits the illness",
}


def coherence(packs: Registry) -> str:
    """Shares of rows in violation as `python -m bench coherence` measured them."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    tools = {name: told for name, told in results["tools"].items() if "checks" in told}
    names = {"DATAMIMIC CE": "DATAMIMIC"}
    left, wide = 140, 244 / len(tools)
    parts = [
        text(18, 28, "Rows that are wrong, measured", "head"),
        text(18, 46, f"{results['rows']:,} rows of each kind, defaults of each tool, {results['date']}", "soft"),
    ]
    for column, (name, told) in enumerate(tools.items()):
        middle = left + wide * (column + 0.5)
        parts += [
            text(middle, 70, names.get(name, name), "soft bold" if column else "soft good", "middle"),
            text(middle, 84, ("CE " if name in names else "") + told["version"], "soft", "middle"),
        ]
        found = {each["check"]: each for each in told["checks"]}
        for number, check in enumerate(SHOWN):
            parts += _cell(left + wide * column, 94 + 27 * number, wide, found[check])
    parts += [text(18, 111 + 27 * number, label) for number, label in enumerate(SHOWN.values())]
    parts += [
        text(18, 358, "Judged by zipcodes, phonenumbers, schwifty and lists entered", "soft"),
        text(18, 374, "by hand, not by our own checks. – : the tool offers none.", "soft"),
    ]
    return drawing(WIDTH, HEIGHT, "Rows that are wrong, measured", "Shares of rows in violation, by tool", parts)


def _cell(x: float, y: float, width: float, found: dict[str, Any]) -> list[str]:
    middle = x + width / 2
    if not found["rows"]:
        return [text(middle, y + 17, "–", "soft", "middle")]
    share = found["violations"] / found["rows"]
    shown = f"{min(max(100 * share, 0.1), 99.9):.0f} %" if 0 < share < 1 else f"{100 * share:.0f} %"
    return [
        tinted(x + 2, y, width - 4, 24, share),
        text(middle, y + 17, shown, "good" if not share else "", "middle"),
    ]


PICTURES: dict[str, Callable[[Registry], str]] = {
    "joined.svg": joined,
    "same-bytes.svg": same_bytes,
    "coherence.svg": coherence,
}
