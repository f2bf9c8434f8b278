"""Who has an account, who owns the home, and how many accounts, loans and cards holders have.

Needs nothing but the standard library and datamimic-core. Estimates all: nobody publishes these by the ages and countries that are needed.
"""

from __future__ import annotations

from quantiles import COUNTRIES, DATA_DIR

from datamimic.tables.build import write_table

#: of people of an age who have an account at a bank, the share
HOLDERS = {
    "US": {0: 0, 18: 0.9, 25: 0.95, 65: 0.97}, "DE": {0: 0, 18: 0.98, 25: 0.99}, "GB": {0: 0, 18: 0.97, 25: 0.98}, "FR": {0: 0, 18: 0.97, 25: 0.99},
    "VN": {0: 0, 18: 0.75, 25: 0.8, 45: 0.6, 65: 0.35},
}  # fmt: skip
#: age of the head of a household from -> (owners, of whom with a mortgage), per cent
HOMES = {
    "US": {18: (17, 90), 25: (33, 92), 30: (49, 91), 35: (60, 88), 45: (69, 78), 55: (74, 58), 65: (78, 36), 75: (77, 20)},
    "DE": {18: (4, 80), 25: (12, 92), 30: (26, 92), 35: (41, 88), 45: (50, 72), 55: (54, 42), 65: (53, 12), 75: (49, 3)},
    "GB": {18: (9, 95), 25: (29, 95), 30: (46, 94), 35: (57, 90), 45: (66, 70), 55: (73, 36), 65: (78, 9), 75: (77, 3)},
    "FR": {18: (6, 90), 25: (25, 94), 30: (42, 93), 35: (54, 86), 45: (61, 62), 55: (67, 28), 65: (73, 6), 75: (72, 1)},
    "VN": {18: (55, 12), 25: (74, 14), 30: (82, 13), 35: (87, 10), 45: (90, 6), 55: (92, 3), 65: (93, 1)},
}  # fmt: skip
ACCOUNTS = {1: 56, 2: 35, 3: 9}
#: loans that are no mortgages, and cards, of a holder
LOANS = {0: 58, 1: 30, 2: 10, 3: 2}
CARDS = {0: 8, 1: 40, 2: 34, 3: 14, 4: 4}


def main() -> None:
    estimate = {"source": "datamimic estimate", "licence": "CC0-1.0", "date": "2026-11", "grade": "E"}
    for country in COUNTRIES:
        write_table(
            DATA_DIR, "account_holder_shares", country, ["age_from", "share"], list(HOLDERS[country].items()),
            method="data-build/holders.py: after Global Findex and FDIC", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "home_ownership", country, ["age_from", "owner_percent", "mortgaged_percent"],
            [(age, *shares) for age, shares in HOMES[country].items()],
            method="data-build/holders.py: shaped after surveys of housing", **estimate,
        )  # fmt: skip
    for name, counts in (("account_counts", ACCOUNTS), ("consumer_loan_counts", LOANS), ("card_counts", CARDS)):
        write_table(
            DATA_DIR, name, None, ["count", "weight"], list(counts.items()), method="data-build/holders.py", **estimate
        )


if __name__ == "__main__":
    main()
