"""Where doctors and hospitals are: every combination of state and specialty, and of state and hospital type.

Reads the states of packs/common. Needs the standard library and datamimic only.
"""


from __future__ import annotations

import csv
from pathlib import Path

from body_size import DATA
from hospitals import TYPES
from population import COUNTRIES

from datamimic.tables.build import write_table

COMMON = Path(__file__).resolve().parents[2] / "common/src/datamimic_pack_common/data"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def main() -> None:
    for country in COUNTRIES:
        # Viet Nam's 63 provinces of before July 2025, each of which lies in one of the 34 of today.
        file = COMMON / f"{'former_states' if country == 'VN' else 'states'}_{country}.csv"
        states = sorted(read(file), key=lambda row: row["state_code"])
        specialties = read(DATA / f"specialties_{country}.csv")
        people = sum(float(row["weight"]) for row in states)
        doctors = sum(float(row["weight"]) for row in specialties)
        kinds = sum(spec[1] for spec in TYPES[country].values())
        rows = [
            [f"{state['state_code']} {s['specialty']}", state["state_code"], s["specialty"],
             round(1e6 * float(state["weight"]) / people * float(s["weight"]) / doctors, 3)]
            for state in states for s in specialties
        ]  # fmt: skip
        note = {
            "source": "packs/common states; shares as in specialties and hospital_types", "licence": "MIT (own work)", "date": "2026-11",
            "method": "data-build/posts.py: population share times type share, per million", "grade": "C",
        }  # fmt: skip
        write_table(DATA, "doctor_posts", country, ["post", "region", "specialty", "weight"], rows, **note)
        rows = [
            [f"{state['state_code']} {kind}", state["state_code"], kind, round(1e6 * float(state["weight"]) / people * spec[1] / kinds, 3)]
            for state in states for kind, spec in TYPES[country].items()
        ]  # fmt: skip
        write_table(DATA, "hospital_posts", country, ["post", "region", "hospital_type", "weight"], rows, **note)


if __name__ == "__main__":
    main()
