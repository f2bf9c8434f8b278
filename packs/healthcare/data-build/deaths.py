"""deaths_<CC>: who has died within a year, by age, sex and serious disease.

Rates double with every 8.5 years of age from 30 on (Gompertz), men's are 1.45 times women's, and their level gives the country's
crude death rate; people with a serious disease (see `SERIOUS` in conditions.py) die `RATIO` times as often as others of their
age and sex. Needs simple_icd_10_cm, as conditions.py does.
"""

from __future__ import annotations

from body_size import DATA
from conditions import AGES, CONDITIONS, SERIOUS, curve, rake
from population import COUNTRIES, by_year

from datamimic.tables.build import write_table

RATIO = 4.0
DOUBLING, MEN, YOUNG = 8.5, 1.45, 30
CHILDHOOD = 0.25
"""Of the rate at 30 from 1 to 14; a newborn's is six times that at 30."""
# Deaths a year per 1,000 people, and per cent of them in a hospital.
CRUDE = {"US": (9.2, 35), "DE": (12.0, 47), "FR": (9.4, 50), "GB": (9.9, 43), "VN": (6.5, 25)}


def rate(gender: str, age: int) -> float:
    """Relative to a woman of 30."""
    sex = MEN if gender == "male" else 1.0
    if age >= YOUNG:
        return sex * float(2 ** ((age - YOUNG) / DOUBLING))
    return sex * (6.0 if age == 0 else CHILDHOOD if age < 15 else 0.8)


def main() -> None:
    ages = (0, 1, 15, 20, *range(30, 101, 5))
    for country in COUNTRIES:
        people = by_year(country)
        crude, in_hospital = CRUDE[country]
        level = crude / 1000 * sum(people.values()) / sum(weight * rate(*who) for who, weight in people.items())
        marginal = [rake(curve(c, country), c.name, country) for c in CONDITIONS if c.name in SERIOUS]
        rows = []
        for age in ages:
            cells: dict[str, float] = {}
            band = max(a for a in AGES if a <= age)
            for gender in ("female", "male"):
                healthy = 1.0
                for shares in marginal:
                    healthy *= 1 - shares[gender, band]
                middle = age if age in (0, 1, 15, 20) else min(age + 2, 100)
                all_ = 100 * level * rate(gender, middle)
                without = all_ / (healthy + RATIO * (1 - healthy))
                cells[f"{gender}_without_serious_disease"] = min(round(without, 4), 45.0)
                cells[f"{gender}_with_serious_disease"] = min(round(RATIO * without, 4), 60.0)
            rows.append([age, *cells.values(), in_hospital])
        write_table(
            DATA, "deaths", country, ["age_from", *cells, "in_hospital"], rows, source="own estimates", licence="MIT (own work)",
            date="2026-11", method="data-build/deaths.py: a Gompertz curve at the country's crude death rate; per cent a year",
            grade="E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
