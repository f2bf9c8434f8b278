"""host_names.csv and country_customs.csv: addresses and customs of public institutions, country by country.

`…_suffix` ends the domain of an office, school or police, always in a reserved name; `police_label` begins that of the
police; `…_mailbox` is the first part of the e-mail address.

yearly_pay       yearly cost of a member of staff in the currency: no office has a budget that does not pay its people
badge_numbers    how many badge numbers a police department has
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_public_sector" / "data"
SAID = {
    "licence": "MIT (this project)",
    "date": "2026-11",
    "method": "data-build/country_customs.py: hand-entered",
    "grade": "E",
}
HOSTS = (
    ("US", "gov.example", "edu.example", "gov.example", "police", "info", "office"),
    ("DE", "example", "example", "example", "polizei", "poststelle", "sekretariat"),
    ("VN", "gov.vn.example", "edu.vn.example", "gov.vn.example", "congan", "vanthu", "vanphong"),
    ("GB", "gov.uk.example", "sch.example", "police.example", "police", "enquiries", "office"),
    ("FR", "gouv.fr.example", "example", "gouv.fr.example", "police", "contact", "secretariat"),
)
CUSTOMS = (
    ("US", 52_000, 90_000),
    ("DE", 48_000, 1_000_000),
    ("VN", 110_000_000, 1_000_000),
    ("GB", 34_000, 90_000),
    ("FR", 38_000, 1_000_000),
)


def main() -> None:
    write_table(
        DATA,
        "host_names",
        None,
        (
            "country_code", "office_suffix", "school_suffix", "police_suffix", "police_label", "office_mailbox",
            "school_mailbox",
        ),
        HOSTS,
        source="Domains after those that the institutions of the country have, under the reserved name example; own choice",
        **(SAID | {"grade": "D"}),
    )  # fmt: skip
    write_table(
        DATA,
        "country_customs",
        None,
        ("country_code", "yearly_pay", "badge_numbers"),
        CUSTOMS,
        source="Own estimates",
        **SAID,
    )


if __name__ == "__main__":
    main()
