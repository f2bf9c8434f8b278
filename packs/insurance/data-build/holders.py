"""insured_shares: how many people of each age hold a policy of their own with the insurer: estimates, adults of up to 90 years."""

from __future__ import annotations

from countries import DATA

from datamimic.tables.build import write_table

HOLDS = {
    0: 0, 18: 0.20, 20: 0.35, 25: 0.50, 30: 0.58, 35: 0.62, 40: 0.64, 45: 0.65, 50: 0.65, 55: 0.65, 60: 0.64, 65: 0.62, 70: 0.58,
    75: 0.52, 80: 0.44, 85: 0.34, 90: 0,
}  # fmt: skip


def main() -> None:
    write_table(
        DATA, "insured_shares", None, ["age_from", "share"], list(HOLDS.items()),
        source="Estimate", licence="MIT (this project)", date="2026-11", method="data-build/holders.py", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
