"""Days on which shops sell off, 2000 to 2050; writes campaign_days_<CC>: date, campaign, factor (orders against a usual
day of the month, in percent), promotion_percent (lines on offer). Needs nothing but the standard library and datamimic.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from assortment import COUNTRIES

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
YEARS = range(2000, 2051)
# days after Black Friday: percent of a usual day, percent of the lines on offer
BLACK_WEEK = {-4: (135, 25), -3: (135, 25), -2: (140, 25), -1: (190, 35), 0: (300, 50), 1: (190, 45), 2: (190, 45), 3: (290, 50)}
DOUBLE_DAYS = {(9, 9): (220, 40), (10, 10): (200, 35), (11, 11): (320, 50), (12, 12): (300, 50)}


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21 + 1)


def campaigns(country: str) -> list[tuple[str, str, int, int]]:
    days: list[tuple[date, str, int, int]] = []
    for year in YEARS:
        if country == "VN":
            days += [(date(year, *day), f"{day[1]}.{day[0]}", *levels) for day, levels in DOUBLE_DAYS.items()]
        else:
            start = black_friday(year)
            for after, levels in BLACK_WEEK.items():
                name = {0: "Black Friday", 3: "Cyber Monday"}.get(after, "Black Week")
                days.append((start + timedelta(days=after), name, *levels))
    return [(day.isoformat(), name, factor, percent) for day, name, factor, percent in sorted(days)]


def write() -> None:
    for country in COUNTRIES:
        write_table(
            DATA,
            "campaign_days",
            country,
            ["date", "campaign", "factor", "promotion_percent"],
            campaigns(country),
            source="own estimate; Adobe Digital Insights, Holiday shopping 2023: five days have 17 % of two months' sales",
            licence="MIT (this project)",
            date="2026-11",
            grade="E",
            method="data-build/campaigns.py: the day after the fourth Thursday of November and those around it; in Vietnam the "
            "double days of the marketplaces",
        )


if __name__ == "__main__":
    write()
