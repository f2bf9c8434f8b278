"""Where doctors are: every combination of state and specialty.

Reads the states of packs/common. Needs the standard library and datamimic only.
"""


from __future__ import annotations

import csv
from pathlib import Path

from body_size import DATA
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
        rows = [
            [f"{state['state_code']} {s['specialty']}", state["state_code"], s["specialty"],
             round(1e6 * float(state["weight"]) / people * float(s["weight"]) / doctors, 3)]
            for state in states for s in specialties
        ]  # fmt: skip
        note = {
            "source": "packs/common states; shares as in specialties", "licence": "MIT (own work)", "date": "2026-11",
            "method": "data-build/posts.py: population share times type share, per million", "grade": "C",
        }  # fmt: skip
        write_table(DATA, "doctor_posts", country, ["post", "region", "specialty", "weight"], rows, **note)


if __name__ == "__main__":
    main()
