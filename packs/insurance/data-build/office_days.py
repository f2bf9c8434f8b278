"""Days on which insurers do not work, 2000 to 2050; writes office_holidays_<CC>. Weekends need no row.

# requires: holidays==0.108

From the package holidays (MIT): public holidays of the whole country, England's for GB, federal holidays for the US.
"""

from __future__ import annotations

from pathlib import Path

import holidays

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_insurance/data"
YEARS = range(2000, 2051)
LANGUAGE = {"US": "en_US", "GB": "en_GB", "DE": "de", "FR": "fr", "VN": "vi"}


def main() -> None:
    for country, language in LANGUAGE.items():
        subdivision = "ENG" if country == "GB" else None
        days = holidays.country_holidays(country, subdiv=subdivision, years=YEARS, language=language)
        rows = [(day.isoformat(), name) for day, name in sorted(days.items()) if day.year in YEARS]
        write_table(
            DATA, "office_holidays", country, ["date", "holiday"], rows, source="holidays 0.108",
            url="https://github.com/vacanza/holidays", licence="MIT", date="2026",
            method="data-build/office_days.py: computed by the package", grade="B",
        )  # fmt: skip


if __name__ == "__main__":
    main()
