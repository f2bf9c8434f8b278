"""registered_numbers.csv and vehicle_makers.csv: what numbers of registers look like in a country; `*`: all others.

gs1_first, gs1_last   prefixes that GS1 gives to companies of the country; 952, for examples, where none is known
licence_plate         a licence plate, with # for a digit and ? for a consonant
maker                 world manufacturer identifier (ISO 3780) of a maker in the country
manufacturer          who that is; empty for identifiers of the country whose holder is not listed

requires: vininfo==1.11.0 pycountry==26.2.16
"""

from __future__ import annotations

from pathlib import Path

import pycountry
from vininfo import Vin

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
SAID = {
    "licence": "MIT (this project)",
    "date": "2026-11",
    "method": "data-build/registered_numbers.py: hand-entered",
    "grade": "E",
}
NUMBERS = (
    ("BR", 789, 790, "???#?##"),
    ("CA", 754, 755, "???? ###"),
    ("DE", 400, 440, "X-?? ####"),
    ("ES", 840, 849, "#### ???"),
    ("FR", 300, 379, "WW-###-??"),
    ("GB", 500, 509, "Q?## ???"),
    ("IN", 890, 890, "ZZ ## ?? ####"),
    ("JP", 450, 459, "## ####"),
    ("US", 0, 139, "???-####"),
    ("VN", 893, 893, "##?-###.##"),
    ("*", 952, 952, "???-####"),
)
MAKERS = (
    ("BR", "9BW 9BG 9BD 93H"),
    ("CA", "2HG 2T1 2FM 2G1"),
    ("DE", "WVW WBA WDB WAU W0L WP0"),
    ("ES", "VSS VS6 VSK"),
    ("FR", "VF1 VF3 VF7"),
    ("GB", "SAL SAJ SCC SCF"),
    ("IN", "MA1 MA3 MAT MBJ"),
    ("JP", "JTD JHM JN1 JM1"),
    ("US", "1FA 1G1 1HG 4T1 5YJ 1C4"),
    ("VN", "RL4 RLM RLU"),
    ("*", "1FA 1G1 1HG 4T1 5YJ 1C4"),
)


def main() -> None:
    write_table(
        DATA,
        "registered_numbers",
        None,
        ("country_code", "gs1_first", "gs1_last", "licence_plate"),
        NUMBERS,
        source="GS1 prefixes by member organisation, with those for use inside a country or company; a usual form of plates (estimate)",
        **SAID,
    )
    write_table(
        DATA,
        "vehicle_makers",
        None,
        ("country_code", "maker", "manufacturer"),
        [(country, maker, manufacturer(country, maker)) for country, makers in MAKERS for maker in makers.split()],
        source="World manufacturer identifiers (ISO 3780) as vininfo 1.11.0 lists them",
        url="https://github.com/idlesign/vininfo",
        licence="BSD-3-Clause",
        date="2026-11",
        method="data-build/registered_numbers.py: some of each country, whose first signs are the country's",
        grade="B",
    )


def manufacturer(country: str, maker: str) -> str:
    """Who has the identifier. Raises ValueError for one of another country."""
    number = Vin(maker + "ZZZ1KZ6W612305")
    names = {"GB": "United Kingdom", "US": "United States", "VN": "Vietnam", "*": "United States"}
    known = names.get(country) or pycountry.countries.get(alpha_2=country).name
    if number.country != known:
        raise ValueError(f"{maker} is of {number.country}, not of {known}")
    name = str(number.manufacturer)
    return "" if name == "UnsupportedBrand" else name


if __name__ == "__main__":
    main()
