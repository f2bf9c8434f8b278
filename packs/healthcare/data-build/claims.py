"""claims.toml: age and sex of people in care, where the pack has tables: those of the population times the share that sees a doctor.

Writes what stands after the mark at the end of claims.toml; what is before it is entered by hand. The figures of the population are those that
`datamimic_pack_common` claims of people, the shares those of `patient_shares`: a mean over the years of each band.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from patients import DATA, KNOWN, share

PEOPLE = Path(__file__).parents[2] / "common" / "src" / "datamimic_pack_common" / "data" / "claims.toml"
COUNTRIES = ("DE", "FR", "GB", "US", "VN")
MARK = "# Below: made by data-build/claims.py.\n"
STARTS = (0, 5, 10, 15, 18, *range(20, 100, 5))
WIDTH, LAST = 10, 80


def in_care(sex: str, start: int) -> float:
    """The share of a band of ten years; the last is open, and all of it alike."""
    years = [start] if start == LAST else range(start, start + WIDTH)
    return sum(share(sex, max(age for age in STARTS if age <= year)) for year in years) / len(years)


def main() -> None:
    target = DATA / "claims.toml"
    by_hand = target.read_text(encoding="utf-8").partition(MARK)[0].rstrip("\n")
    people = tomllib.loads(PEOPLE.read_text(encoding="utf-8"))["claim"]
    parts = [by_hand, "", MARK.rstrip("\n")]
    for country in COUNTRIES:
        (of_all,) = (each for each in people if each["field"] == "age" and each["countries"] == [country])
        seen = {
            label: figure * in_care(sex, int(start))
            for label, figure in of_all["figures"].items()
            for sex, _, start in [label.partition(" ")]
        }
        assert {label.split()[0] for label in seen} == set(KNOWN)
        figures = ", ".join(f'"{label}" = {100 * figure / sum(seen.values()):.2f}' for label, figure in seen.items())
        parts += [
            "",
            "[[claim]]",
            'entity = "patient"',
            f'countries = ["{country}"]',
            'options = { ages = "care" }',
            'field = "age"',
            'title = "Age and sex of people in care, 2025"',
            f"bands = {of_all['bands']}",
            'by = "gender"',
            f"figures = {{ {figures} }}",
            'grade = "C"',
            f'source = "{of_all["source"]}; NHIS 2015, MMWR 2017;66:165"',
            'note = "the population times the share of each sex and age that saw a doctor within a year"',
        ]
    target.write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
