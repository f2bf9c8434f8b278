"""currencies.csv and account_formats.csv: the money of a country and how account numbers are put together.

Steps are in hundredths of the currency: `unit_step` is the minor unit of ISO 4217; that prices, cash from machines, card
limits and loans come in steps is custom. Lengths of an IBAN are those of the registry of ISO 13616; `key_length` is what
follows the account number in it (the clé RIB). `iban_length` 0: the country has no IBAN.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_finance" / "data"
SAID = {"licence": "MIT (this project)", "date": "2026-11", "method": "data-build/currencies.py: hand-entered"}
CURRENCIES = (
    ("US", "USD", "$", 1, 1, 2_000, 100, 10_000),
    ("DE", "EUR", "€", 1, 1, 1_000, 100, 10_000),
    ("FR", "EUR", "€", 1, 1, 1_000, 100, 10_000),
    ("GB", "GBP", "£", 1, 1, 1_000, 100, 10_000),
    ("VN", "VND", "₫", 100, 100_000, 5_000_000, 1_000_000, 100_000_000),
)
ACCOUNTS = (("US", 0, 0, 10, 0), ("DE", 22, 8, 10, 0), ("GB", 22, 4, 8, 0), ("FR", 27, 5, 11, 2), ("VN", 0, 0, 12, 0))


def main() -> None:
    write_table(
        DATA,
        "currencies",
        None,
        ("country_code", "currency", "symbol", "unit_step", "price_step", "note_step", "limit_step", "loan_step"),
        CURRENCIES,
        source="Currency: ISO 4217; symbol: Unicode CLDR; the other steps: own estimate",
        grade="E",
        **SAID,
    )
    write_table(
        DATA,
        "account_formats",
        None,
        ("country_code", "iban_length", "bank_code_length", "account_length", "key_length"),
        ACCOUNTS,
        source="IBAN registry (ISO 13616) for DE, GB, FR, compared with schwifty by a test; usual lengths for US and VN (estimate)",
        url="https://www.swift.com/standards/data-standards/iban-international-bank-account-number",
        grade="E",
        **SAID,
    )


if __name__ == "__main__":
    main()
