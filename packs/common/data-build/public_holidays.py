"""public_holidays_<CC>: the days on which offices and practices are closed, 2015 to 2036.

requires: holidays==0.108 (MIT)

`state_code` is "*" for days that are free in the whole country; a German Land adds its own.
"""

from __future__ import annotations

from pathlib import Path

import holidays

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
YEARS = range(2015, 2037)
LAENDER = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()
LANGUAGE = {"US": "en_US", "DE": "de", "VN": "vi", "GB": "en_GB", "FR": "fr"}


def days(country: str, part: str | None = None) -> dict[str, str]:
    found = holidays.country_holidays(country, subdiv=part, years=YEARS, language=LANGUAGE[country])
    return {day.isoformat(): name for day, name in sorted(found.items()) if day.year in YEARS}


for country in LANGUAGE:
    everywhere = days(country, "ENG" if country == "GB" else None)
    rows = [("*", day, name) for day, name in everywhere.items()]
    if country == "DE":
        for land in LAENDER:
            rows += [(f"DE-{land}", day, name) for day, name in days("DE", land).items() if day not in everywhere]
    write_table(
        DATA, "public_holidays", country, ["state_code", "day", "holiday"], rows,
        source="python-holidays 0.108, the laws it cites", url="https://pypi.org/project/holidays/", licence="MIT",
        date="2026-11", method="data-build/public_holidays.py: days from 2015 to 2036", grade="B",
    )  # fmt: skip
