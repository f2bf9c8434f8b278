"""message_customs.csv and disposition_codes.csv: what messages write for countries and for the ways to leave.

alpha_3          ISO 3166-1 alpha-3, HL7 table 0399; the row `*` stands for all other countries
diagnosis_codes  name of the country's ICD-10 in HL7 table 0396; # is the year of the edition

Dispositions have the codes of HL7 table 0112 (version 2.5.1), which are those of the National Uniform Billing Committee.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_healthcare" / "data"
CUSTOMS = (
    ("DE", "DEU", "I10G#"),
    ("FR", "FRA", "I10"),
    ("GB", "GBR", "I10"),
    ("US", "USA", "I10C"),
    ("VN", "VNM", "I10"),
    ("*", "", "I10"),
)
DISPOSITIONS = (
    ("home", "01"),
    ("home with follow-up", "01"),
    ("transferred", "02"),
    ("nursing facility", "03"),
    ("rehabilitation facility", "05"),
    ("home with home care", "06"),
    ("left against advice", "07"),
    ("expired", "20"),
)


def main() -> None:
    facts = {
        "source": "HL7 version 2 tables 0112, 0396 and 0399",
        "url": "https://terminology.hl7.org/codesystems-v2.html",
        "licence": "facts: codes",
        "date": "2026-11",
        "method": "data-build/message_customs.py: hand-entered",
        "grade": "A",
    }
    write_table(DATA, "message_customs", None, ("country_code", "alpha_3", "diagnosis_codes"), CUSTOMS, **facts)
    write_table(DATA, "disposition_codes", None, ("disposition", "code"), DISPOSITIONS, **facts)


if __name__ == "__main__":
    main()
