"""What differs by country in hospitals and families; the row `*` stands for all others.

country_customs.csv
doctors              physicians in practice per 1,000 people (OECD Health at a Glance 2023; VN: Ministry of Health 2023); 0 where unknown
least_doctors        doctors that a world has at least, or nobody would have one near: a bound of this project
least_hospitals      hospitals, likewise: a country's, or as many of them as 95 of 100 people have within 30 km
branch               what follows the name of a hospital where all names of its type in the town are taken
medication_name      column of the table `medications` with the names that the country uses: `inn` or `medication`

hospital_ages.csv
oldest               years that the oldest hospitals are old

family_customs.csv
mother_keeps_name    yes where a mother does not bear the family name of her children
spouses_share_name   share of spouses with one family name
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_healthcare" / "data"
# country, years of the oldest hospitals, mother keeps her name, spouses with one name, then the columns of country_customs
CUSTOMS = (
    ("CN", 150, "yes", 0.0, 2.5, 8192, 1, "– {}院区", "inn"),
    ("DE", 180, "no", 0.8, 4.5, 8192, 946, "– Standort {}", "inn"),
    ("ES", 150, "yes", 0.0, 4.5, 8192, 1, "– Sede {}", "inn"),
    ("FR", 220, "no", 0.7, 3.2, 8192, 1493, "– Site {}", "inn"),
    ("GB", 180, "no", 0.75, 3.2, 8192, 625, "– Site {}", "inn"),
    ("US", 150, "no", 0.75, 2.7, 24576, 6119, "– Campus {}", "medication"),
    ("VN", 110, "yes", 0.0, 1.2, 8192, 1529, "– Cơ sở {}", "inn"),
    ("*", 150, "no", 0.0, 0, 8192, 1, "– {}", "inn"),
)
COLUMNS = ("country_code", "doctors", "least_doctors", "least_hospitals", "branch", "medication_name")


def main() -> None:
    said = {"date": "2026-11", "method": "data-build/country_customs.py: hand-entered"}
    write_table(
        DATA,
        "country_customs",
        None,
        COLUMNS,
        [(country, *customs) for country, _, _, _, *customs in CUSTOMS],
        source="Physicians: OECD, Health at a Glance 2023, and Ministry of Health of Viet Nam 2023; names of drugs: United States Adopted "
        "Names there, elsewhere WHO's INN; least numbers and wording: choices of this project",
        url="https://www.oecd.org/en/publications/health-at-a-glance-2023_7a7afb35-en.html",
        licence="published facts; MIT (this project)",
        grade="C",
        **said,
    )
    own = {"source": "Own estimates", "licence": "MIT (this project)", "grade": "E", **said}
    write_table(DATA, "hospital_ages", None, ("country_code", "oldest"), [row[:2] for row in CUSTOMS], **own)
    write_table(
        DATA,
        "family_customs",
        None,
        ("country_code", "mother_keeps_name", "spouses_share_name"),
        [(country, *names) for country, _, *names in (row[:4] for row in CUSTOMS)],
        **own,
    )


if __name__ == "__main__":
    main()
