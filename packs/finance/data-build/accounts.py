"""Account products, overdrafts, opening balances, customer profiles and paydays.

Needs nothing but the standard library and datamimic-core. What nobody publishes is an estimate and graded so.
"""

from __future__ import annotations

from quantiles import COUNTRIES, DATA_DIR, lognormal, money, quantile_rows

from datamimic.tables.build import write_table

#: account type -> (class, weight, monthly fee in USD of spending, yearly interest %)
TYPES = {
    "checking": ("current", 62.0, 5.0, 0.0),
    "premium_checking": ("current", 8.0, 12.0, 0.0),
    "student_checking": ("current", 8.0, 0.0, 0.0),
    "savings": ("savings", 18.0, 0.0, 1.0),
    "money_market": ("savings", 4.0, 0.0, 1.6),
}
PRODUCTS = {
    "US": ("Everyday Checking", "Premier Checking", "Student Checking", "Savings Account", "Money Market Account"),
    "DE": ("Girokonto", "Premium-Girokonto", "Junges Girokonto", "Sparkonto", "Tagesgeldkonto"),
    "GB": ("Current Account", "Packaged Current Account", "Student Account", "Savings Account", "Easy Access Saver"),
    "FR": ("Compte courant", "Compte courant Premium", "Compte étudiant", "Compte sur livret", "Livret à taux progressif"),
    "VN": ("Tài khoản thanh toán", "Tài khoản ưu tiên", "Tài khoản sinh viên", "Tài khoản tiết kiệm", "Tiền gửi linh hoạt"),
}  # fmt: skip
#: what a deposit pays there, relative to TYPES
INTEREST = {"US": 1.5, "DE": 1.0, "GB": 1.6, "FR": 1.2, "VN": 2.0}
#: overdraft in USD of spending -> weight
OVERDRAFTS = {
    "checking": {0: 30, 200: 15, 500: 25, 1000: 18, 2000: 12},
    "premium_checking": {500: 10, 1000: 25, 2000: 30, 5000: 35},
    "student_checking": {0: 60, 200: 30, 500: 10},
    "savings": {0: 1},
    "money_market": {0: 1},
}
#: median and sigma, in USD of spending, of what lies on the account beyond what its transactions need
BUFFERS = {
    "checking": (2100.0, 1.15), "premium_checking": (8200.0, 1.1), "student_checking": (480.0, 1.0),
    "savings": (6200.0, 1.4), "money_market": (14500.0, 1.2),
}  # fmt: skip

PROFILES = ("student", "employee", "family", "affluent", "self_employed", "retiree")
#: bookings a month on an account of the type -> weight
PACES = {
    "checking": {22: 12, 27: 20, 32: 25, 38: 20, 46: 15, 56: 8}, "premium_checking": {26: 15, 32: 25, 40: 30, 50: 20, 62: 10},
    "student_checking": {18: 20, 24: 35, 30: 30, 36: 15},
}  # fmt: skip
#: from which yearly gross income a customer counts as affluent
AFFLUENT = {"US": 120000, "DE": 90000, "GB": 80000, "FR": 75000, "VN": 260000000}
#: share of incomes that arrive on a day of the month
PAYDAYS = {
    "US": {1: 15, 15: 40, 25: 10, 28: 35}, "DE": {1: 10, 15: 15, 25: 15, 27: 30, 28: 30}, "GB": {15: 8, 25: 27, 28: 65},
    "FR": {1: 10, 5: 15, 25: 15, 28: 60}, "VN": {1: 15, 5: 35, 10: 30, 15: 10, 25: 10},
}  # fmt: skip


def main() -> None:
    estimate = {"licence": "CC0-1.0", "date": "2026-11", "grade": "E"}
    own = "datamimic estimate"
    for country in COUNTRIES:
        level = {"US": 1.0, "DE": 0.85, "GB": 0.75, "FR": 0.85, "VN": 7000.0}[country]
        coarse = 100000.0 if country == "VN" else 10.0
        write_table(
            DATA_DIR, "account_types", country, ["account_type", "account_class", "product_name", "monthly_fee", "interest_rate", "weight"],
            [
                (kind, group, product, money(fee * level, country, 1000.0 if country == "VN" else 0.5), f"{rate * INTEREST[country]:.2f}", weight)
                for (kind, (group, weight, fee, rate)), product in zip(TYPES.items(), PRODUCTS[country], strict=True)
            ],
            source=own, method="data-build/accounts.py: product mix, fees and rates as commonly offered", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "overdraft_limits", country, ["account_type", "overdraft_limit", "weight"],
            [(kind, money(limit * level, country, coarse), weight) for kind, limits in OVERDRAFTS.items() for limit, weight in limits.items()],
            source=own, method="data-build/accounts.py", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "balance_buffers", country, ["account_type", "probability", "value"],
            [row for kind, (median, sigma) in BUFFERS.items() for row in quantile_rows([kind], lognormal(median * level, sigma), country)],
            source=own, method="data-build/accounts.py: log-normal around medians of the order household surveys report", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "net_incomes", country, ["affluent_from"], [(AFFLUENT[country],)],
            source="datamimic estimate", method="data-build/accounts.py", **estimate,
        )  # fmt: skip
        write_table(
            DATA_DIR, "paydays", country, ["day", "weight"], sorted(PAYDAYS[country].items()),
            source=own, method="data-build/accounts.py: usual paydays", **estimate,
        )  # fmt: skip
    write_table(
        DATA_DIR, "customer_profiles", None, ["profile"], [(profile,) for profile in PROFILES],
        source="datamimic", method="data-build/accounts.py: names of this pack", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "booking_paces", None, ["account_type", "per_month", "weight"],
        [(kind, pace, weight) for kind, paces in PACES.items() for pace, weight in paces.items()],
        source="datamimic estimate; of the order of the 46 payments a month of the Fed Diary of Consumer Payment Choice 2023, without cash",
        method="data-build/accounts.py", **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
