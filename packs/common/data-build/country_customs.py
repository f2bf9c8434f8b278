"""country_customs.csv: customs of names and marriage that differ by country; the row `*` stands for all others.

second_given_name    share of people with a second given name
second_family_name   share of people who bear the family names of both parents
marriage_age_women   youngest age of married women, by law; in the United States the lowest of the states
marriage_age_men     the same for men
umlauts              how ä, ö, ü are written in addresses: spelt_out (ae, oe, ue) or dropped (a, o, u)
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
COLUMNS = ("country_code", "second_given_name", "second_family_name", "marriage_age_women", "marriage_age_men", "umlauts")
CUSTOMS = (
    ("AT", 0.0, 0.0, 18, 18, "spelt_out"),
    ("BR", 0.0, 0.62, 16, 16, "dropped"),
    ("CA", 0.75, 0.0, 18, 18, "dropped"),
    ("CH", 0.0, 0.0, 18, 18, "spelt_out"),
    ("DE", 0.0, 0.0, 18, 18, "spelt_out"),
    ("ES", 0.0, 1.0, 18, 18, "dropped"),
    ("GB", 0.7, 0.0, 18, 18, "dropped"),
    ("IN", 0.0, 0.0, 18, 21, "dropped"),
    ("MX", 0.0, 1.0, 18, 18, "dropped"),
    ("US", 0.8, 0.0, 16, 16, "dropped"),
    ("VN", 0.0, 0.0, 18, 20, "dropped"),
    ("*", 0.0, 0.0, 18, 18, "dropped"),
)


def main() -> None:
    write_table(
        DATA,
        "country_customs",
        None,
        COLUMNS,
        CUSTOMS,
        source="Shares: own estimates; marriage ages: the countries' marriage laws, from memory; spelling: custom",
        licence="MIT (this project)",
        date="2026-11",
        method="data-build/country_customs.py: hand-entered",
        grade="E",
    )


if __name__ == "__main__":
    main()
