"""country_customs.csv: what differs by country in hospitals and families; the row `*` stands for all others.

hospital_age         years that the oldest hospitals are old
mother_keeps_name    yes where a mother does not bear the family name of her children
spouses_share_name   share of spouses with one family name
medication_name      column of the table `medications` with the names that the country uses: `inn` or `medication`
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_healthcare" / "data"
CUSTOMS = (
    ("CN", 150, "yes", 0.0, "inn"),
    ("DE", 180, "no", 0.8, "inn"),
    ("ES", 150, "yes", 0.0, "inn"),
    ("FR", 220, "no", 0.7, "inn"),
    ("GB", 180, "no", 0.75, "inn"),
    ("US", 150, "no", 0.75, "medication"),
    ("VN", 110, "yes", 0.0, "inn"),
    ("*", 150, "no", 0.0, "inn"),
)


def main() -> None:
    write_table(
        DATA,
        "country_customs",
        None,
        ("country_code", "hospital_age", "mother_keeps_name", "spouses_share_name", "medication_name"),
        CUSTOMS,
        source="Own estimates; names of drugs: the United States Adopted Names there, elsewhere WHO's INN",
        licence="MIT (this project)",
        date="2026-11",
        method="data-build/country_customs.py: hand-entered",
        grade="E",
    )


if __name__ == "__main__":
    main()
