"""patient_shares: how many people of each sex and age are patients: they saw a doctor in the last twelve months.

United States: National Health Interview Survey 2015 (MMWR 2017;66:165): 63.1 per cent of men and 82.4 per cent of women from 18 to 29,
93.2 and 94.3 per cent from 65 on; the ages between lie on a line, children and other countries are estimates by the same figures.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_healthcare" / "data"
KNOWN = {"female": (0.824, 0.943), "male": (0.631, 0.932)}
CHILDREN = {0: 0.97, 5: 0.93, 10: 0.90, 15: 0.86}
YOUNG, OLD = 24, 65


def share(sex: str, age: int) -> float:
    if age in CHILDREN:
        return CHILDREN[age]
    young, old = KNOWN[sex]
    way = min(1.0, max(0.0, (age + 2 - YOUNG) / (OLD - YOUNG)))
    return round(young + way * (old - young), 4)


def main() -> None:
    ages = (0, 5, 10, 15, 18, *range(20, 100, 5))
    write_table(
        DATA, "patient_shares", None, ["sex", "age_from", "share"],
        [(sex, age, share(sex, age)) for sex in KNOWN for age in ages],
        source="NHIS 2015, MMWR 2017;66:165; ages between, children and other countries than the US estimated",
        licence="public domain (US government work)", date="2026-11", method="data-build/patients.py", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
