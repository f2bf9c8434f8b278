"""marital_status_<CC>: marital status by sex and age.

US: NHANES 2009-12, the ages 20 to 29 split in two, those from 60 on in bands of five years, so that the shares of its bands 60
to 69 and from 70 on come out over the people of 2025 and the widowed go on rising. Others: estimates from a mean age at first marriage, a share that
never marries, a share of marriages ended by divorce and widowhood by age; no status but single below the legal age.
"""

from __future__ import annotations

import math
from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
US_ORDER = ("single", "married", "cohabiting", "divorced", "separated", "widowed")
US = {
    "female": {
        18: (93.0, 2.5, 4.5, 0, 0, 0),
        20: (71.0, 13.5, 12.5, 1.7, 1.3, 0),
        25: (35.0, 39.3, 17.7, 6.3, 1.7, 0),
        30: (18.6, 59.2, 9.2, 8.7, 3.5, 0.7),
        40: (9.3, 66.2, 6.2, 12.3, 4.6, 1.5),
        50: (8.2, 60.3, 5.1, 17.5, 3.7, 5.1),
        60: (4.3, 60.8, 2.1, 17.6, 2.8, 12.4),
        65: (3.3, 55.4, 1.3, 18.6, 2.6, 18.8),
        70: (3.0, 56.0, 1.0, 12.9, 1.6, 25.5),
        75: (3.0, 46.2, 0.6, 9.6, 1.1, 39.5),
        80: (3.0, 33.0, 0.4, 7.3, 0.8, 55.5),
        85: (3.0, 20.4, 0.2, 5.2, 0.6, 70.6),
        90: (3.0, 11.4, 0.1, 3.5, 0.4, 81.6),
        95: (3.0, 6.5, 0.0, 2.5, 0.2, 87.8),
    },
    "male": {
        18: (97.0, 1.0, 2.0, 0, 0, 0),
        20: (77.0, 10.0, 11.0, 0.6, 1.4, 0),
        25: (42.8, 35.4, 17.4, 2.4, 2.2, 0),
        30: (20.6, 55.7, 15.0, 6.4, 2.0, 0.5),
        40: (12.7, 64.6, 5.0, 13.4, 3.5, 0.8),
        50: (10.9, 65.6, 6.8, 12.6, 2.6, 1.5),
        60: (6.6, 71.8, 6.5, 9.4, 0.8, 4.9),
        65: (5.1, 73.7, 4.8, 8.3, 0.6, 7.5),
        70: (4.0, 78.4, 2.9, 5.4, 1.5, 7.8),
        75: (3.7, 75.9, 2.1, 4.8, 1.3, 12.2),
        80: (3.4, 71.2, 1.4, 4.0, 1.1, 18.9),
        85: (3.2, 60.7, 0.9, 3.2, 1.0, 31.0),
        90: (3.1, 47.4, 0.5, 2.6, 0.9, 45.5),
        95: (3.0, 35.3, 0.2, 2.2, 0.8, 58.5),
    },
}
# legal age (woman, man), mean age at first marriage, per cent who never marry, per cent of marriages divorced at 55
COUNTRIES = {
    "DE": ((18, 18), (31.5, 34.0), (16, 20), (24, 21)),
    "VN": ((18, 20), (23.5, 27.0), (6, 3), (4, 3)),
    "GB": ((18, 18), (31.5, 33.5), (17, 20), (25, 22)),
    "FR": ((18, 18), (33.5, 35.5), (24, 27), (20, 17)),
    "ES": ((18, 18), (33.0, 35.5), (17, 21), (15, 12)),
    "BR": ((18, 18), (26.5, 29.0), (22, 22), (16, 12)),
    "CA": ((18, 18), (30.5, 32.5), (21, 25), (20, 17)),
    "IN": ((18, 21), (20.5, 25.0), (1, 2), (1, 1)),
    "JP": ((18, 18), (29.5, 31.0), (18, 28), (11, 8)),
}
WIDOWED = {  # per cent of those who ever married, at the middle of a band, in a country of long lives
    "female": {40: 1.0, 45: 1.8, 50: 3, 55: 5, 60: 9, 65: 14, 70: 22, 75: 34, 80: 50, 85: 68, 90: 81, 95: 89},
    "male": {40: 0.3, 45: 0.5, 50: 0.8, 55: 1.4, 60: 2.5, 65: 4, 70: 6.5, 75: 10.5, 80: 18, 85: 30, 90: 44, 95: 58},
}
EARLIER_WIDOWHOOD = {"VN": 1.3, "IN": 1.5, "BR": 1.2}
ORDER = ("single", "married", "divorced", "widowed")


def estimated(country: str, gender: str, age: int) -> tuple[float, ...]:
    """Per cent single, married, divorced and widowed in the band that starts at `age`."""
    index = 0 if gender == "female" else 1
    legal, mean, never, divorced = (pair[index] for pair in COUNTRIES[country])
    if age < legal:
        return (100.0, 0.0, 0.0, 0.0)
    middle = age + (1 if age < 20 else 2.5)
    ever = (100 - never) / (1 + math.exp(-(middle - mean) / 4.0))
    widowed = ever * min(0.93, WIDOWED[gender].get(age, 0.0) / 100 * EARLIER_WIDOWHOOD.get(country, 1.0))
    ended = (
        (ever - widowed) * divorced / 100 * min(1.0, max(0.0, (middle - mean + 6) / 22)) * (0.6 if age >= 70 else 1.0)
    )
    return tuple(round(share, 3) for share in (100 - ever, ever - widowed - ended, ended, widowed))


def write(
    country: str, rows: list[tuple[str, int, str, float]], source: str, licence: str, date: str, grade: str
) -> None:
    write_table(
        DATA, "marital_status", country, ["gender", "age_from", "marital_status", "weight"],
        [row for row in rows if row[3] > 0],
        source=source, licence=licence, date=date, method="data-build/marital_status.py", grade=grade,
    )  # fmt: skip


def main() -> None:
    rows = []
    for gender, bands in US.items():
        rows.append((gender, 0, "single", 100.0))
        rows += [
            (gender, age, status, share)
            for age, shares in bands.items()
            for status, share in zip(US_ORDER, shares, strict=True)
        ]
    write(
        "US",
        rows,
        "NHANES 2009-12, computed; ages 18 to 19 estimated",
        "public domain (US government work)",
        "2012",
        "A",
    )
    for country in COUNTRIES:
        rows = [
            (gender, age, status, share)
            for gender in ("female", "male")
            for age in (0, 18, 20, 21, *range(25, 100, 5))
            for status, share in zip(ORDER, estimated(country, gender, age), strict=True)
        ]
        source = "Estimated from mean age at marriage, never-married, divorced and widowed shares"
        write(country, rows, source, "MIT (this project)", "2026", "E")


if __name__ == "__main__":
    main()
