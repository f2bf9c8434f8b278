"""population_<CC>: how many people of each sex and single year of age live in a country.

Source: UN World Population Prospects 2019, medium variant, mid-2025, per cent of the population by five-year band and
sex (sources/pyramids_wpp2019_2025.json). A band is split into years along the line through its neighbours, so that the
band keeps its total; the open band 100+ is given to the ages 100 to 105, each half as frequent as the one before.
"""

from __future__ import annotations

import json
from pathlib import Path

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")
PER_CENT = 100_000  # a weight counts people in ten million


def single_years(bands: list[float]) -> list[tuple[int, int]]:
    """(age, weight) from the percentages of the bands 0-4, 5-9 … 95-99, 100+."""
    rows: list[tuple[int, int]] = []
    for index, share in enumerate(bands[:-1]):
        after = bands[index + 1]
        before = bands[index - 1] if index else 2 * share - after
        slope = (after - before) / 2 / share if share else 0.0
        slope = max(-1.2, min(1.2, slope))
        for year in range(5):
            weight = share / 5 * (1 + slope * (year - 2) / 5)
            rows.append((index * 5 + year, max(1, round(weight * PER_CENT))))
    rest = bands[-1]
    for year in range(6):
        rows.append((100 + year, max(1, round(rest * PER_CENT * 2 ** (5 - year) / 63))))
    return rows


def main() -> None:
    pyramids = json.loads((HERE / "sources" / "pyramids_wpp2019_2025.json").read_text())
    for country in COUNTRIES:
        sexes = pyramids[country]
        rows = [
            (gender, age, weight)
            for gender, sex in (("female", "F"), ("male", "M"))
            for age, weight in single_years(list(sexes[sex].values()))
        ]
        write_table(
            DATA,
            "population",
            country,
            ["gender", "age", "weight"],
            rows,
            source="United Nations, World Population Prospects 2019, medium variant, 2025",
            url="https://population.un.org/wpp/",
            licence="CC BY 3.0 IGO",
            date="2019",
            method="data-build/population.py: five-year bands split into single years",
            grade="A",
        )


if __name__ == "__main__":
    main()
