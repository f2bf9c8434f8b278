"""Days on which banks of a country do not post, 2000 to 2050.

# requires: holidays==0.108

From the package holidays (MIT): the euro countries' own public holidays and the TARGET closing days of the ECB, the
Federal Reserve's for the US (federal holidays), England's for GB, public holidays for VN.
"""

from __future__ import annotations

from datetime import date

import holidays
from quantiles import DATA_DIR

from datamimic.tables.build import write_table

YEARS = range(2000, 2051)


def closed(country: str) -> dict[date, str]:
    if country == "US":
        return dict(holidays.country_holidays("US", years=YEARS, language="en_US"))
    if country == "GB":
        return dict(holidays.country_holidays("GB", subdiv="ENG", years=YEARS, language="en_GB"))
    if country == "VN":
        return dict(holidays.country_holidays("VN", years=YEARS, language="vi"))
    days = dict(holidays.financial_holidays("ECB", years=YEARS, language="en_US"))
    return days | dict(holidays.country_holidays(country, years=YEARS, language=country.lower()))


def main() -> None:
    for country in ("US", "DE", "GB", "FR", "VN"):
        rows = [(day.isoformat(), name) for day, name in sorted(closed(country).items()) if day.year in YEARS]
        write_table(
            DATA_DIR, "bank_holidays", country, ["date", "holiday"], rows, source="holidays 0.108", url="https://github.com/vacanza/holidays",
            licence="MIT", date="2026", method="data-build/bank_holidays.py: computed by the package", grade="B",
        )  # fmt: skip


if __name__ == "__main__":
    main()
