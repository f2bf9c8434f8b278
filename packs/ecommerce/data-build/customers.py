"""customer_shares: how many people of each age have an account in the shop.

The form by age is that of online shopping in the European Union: 87 per cent of those from 25 to 34 (Eurostat, ICT survey 2022),
81 per cent of the youngest and 80 per cent of those from 25 to 54 (2021); the old, and the share of shoppers who are customers of one
shop, are estimates.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_ecommerce" / "data"
SHOPS = {
    0: 0, 18: 0.81, 20: 0.83, 25: 0.87, 30: 0.87, 35: 0.84, 40: 0.81, 45: 0.77, 50: 0.72, 55: 0.65, 60: 0.57, 65: 0.48, 70: 0.39,
    75: 0.28, 80: 0.18, 85: 0.10, 90: 0,
}  # fmt: skip
OF_SHOPPERS = 0.5


def main() -> None:
    write_table(
        DATA, "customer_shares", None, ["age_from", "share"],
        [(age, round(share * OF_SHOPPERS, 4)) for age, share in SHOPS.items()],
        source="Eurostat, ICT usage in households 2021 and 2022; ages from 55 on and the shop's share estimated",
        licence="CC BY 4.0 (Eurostat)", date="2026-11", method="data-build/customers.py", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
