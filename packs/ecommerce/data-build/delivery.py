"""Days on which parcels are neither handed over nor brought, 2000 to 2050; writes delivery_holidays_<CC>.

# requires: holidays==0.108

From the package holidays (MIT): public holidays of the whole country, England's for GB. Sundays are closed everywhere and
need no row. Of longer feasts (Tết) the first two days: carriers are back then, an estimate.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import holidays

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
YEARS = range(2000, 2051)
LANGUAGE = {"US": "en_US", "GB": "en_GB", "DE": "de", "FR": "fr", "ES": "es", "VN": "vi"}
LONGEST = 2


def closed(country: str) -> dict[date, str]:
    subdivision = "ENG" if country == "GB" else None
    days = dict(
        holidays.country_holidays(country, subdiv=subdivision, years=YEARS, language=LANGUAGE[country], observed=True)
    )
    kept: dict[date, str] = {}
    for day, name in sorted(days.items()):
        run = 0
        while day - timedelta(days=run + 1) in days:
            run += 1
        if run < LONGEST and day.year in YEARS:
            kept[day] = name
    return kept


def main() -> None:
    for country in LANGUAGE:
        rows = [(day.isoformat(), name) for day, name in closed(country).items()]
        write_table(
            DATA, "delivery_holidays", country, ["date", "holiday"], rows, source="holidays 0.108",
            url="https://github.com/vacanza/holidays", licence="MIT", date="2026",
            method="data-build/delivery.py: computed by the package; of longer feasts the first two days", grade="B",
        )  # fmt: skip


if __name__ == "__main__":
    main()
