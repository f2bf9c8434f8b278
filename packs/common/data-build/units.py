"""units_<CC>.csv: flats and apartments as they are written in addresses, by the size of the town.

Needs the standard library and datamimic only. The share of homes in buildings with several: US Census Bureau, American
Community Survey 2022 (26 % of housing units in structures of two and more); Eurostat ilc_lvho01 2022 (flats: ES 66 %, FR 35 %);
English Housing Survey 2022 (flats 21 %). Between town and country it is an estimate. In Germany and France a flat is not
written, in Japan the room number; there it is part of the house number or not said.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
SIZES = (0, 10_000, 100_000, 500_000)
NUMBERED = [*range(1, 13), *(floor * 100 + flat for floor in range(1, 5) for flat in range(1, 9))]
LETTERED = [f"{number}{letter}" for number in range(1, 7) for letter in "ABC"]
UNITS = {
    "US": [*(f"Apt {text}" for text in (*NUMBERED, *LETTERED)), *(f"Unit {text}" for text in NUMBERED[:20]), *(f"#{text}" for text in NUMBERED[12:28])],
    "CA": [*(f"Apt {text}" for text in NUMBERED), *(f"Unit {text}" for text in NUMBERED)],
    "GB": [*(f"Flat {number}" for number in range(1, 25)), *(f"Flat {text}" for text in LETTERED[:9]), *(f"Apartment {number}" for number in range(1, 13))],
    "ES": [f"{floor} {door}" for floor in ("Bajo", "1º", "2º", "3º", "4º", "5º") for door in ("A", "B", "C", "D", "izq.", "dcha.")],
    "BR": [f"Apto {floor * 10 + flat}" for floor in range(1, 16) for flat in range(1, 5)],
    "IN": [*(f"Flat {floor}0{flat}" for floor in range(1, 8) for flat in range(1, 5)), *(f"Flat {letter}-{number}" for letter in "ABC" for number in range(1, 13))],
    "DE": [], "FR": [], "VN": [], "JP": [],
}  # fmt: skip
SHARES = {
    "US": (0.06, 0.16, 0.30, 0.42), "CA": (0.08, 0.20, 0.33, 0.42), "GB": (0.08, 0.13, 0.22, 0.40), "ES": (0.30, 0.55, 0.78, 0.85),
    "BR": (0.03, 0.08, 0.20, 0.32), "IN": (0.03, 0.08, 0.18, 0.30), "DE": (0.0,), "FR": (0.0,), "VN": (0.0,), "JP": (0.0,),
}  # fmt: skip


def main() -> None:
    for country, units in UNITS.items():
        rows: list[tuple[int, str, float]] = []
        for size, share in zip(SIZES, SHARES[country], strict=False):
            rows.append((size, "", round(1000 * (1 - share), 3)))
            rows += [(size, unit, round(1000 * share / len(units), 3)) for unit in units]
        write_table(
            DATA, "units", country, ("population_from", "unit", "weight"), rows,
            source="ACS 2022, Eurostat ilc_lvho01 2022, English Housing Survey 2022 (shares of flats); forms: postal addressing guides",
            licence="public facts", date="2026-11", grade="E",
            method="data-build/units.py: shares of flats by size of town estimated around the national one",
        )  # fmt: skip


if __name__ == "__main__":
    main()
