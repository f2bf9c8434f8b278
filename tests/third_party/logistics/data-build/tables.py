"""Writes every table of the pack."""

from pathlib import Path

from datamimic.tables.build import write_table

PACKAGE = Path(__file__).parents[1] / "src" / "acme_logistics"
OURS = {
    "source": "estimates of the authors",
    "licence": "MIT",
    "date": "2026",
    "method": "data-build/tables.py: entered by hand",
    "grade": "E",
}

write_table(
    PACKAGE / "data",
    "modes",
    None,
    ["mode", "slowest", "fastest", "heaviest", "weight"],
    [
        ("road", 400, 900, 24_000, 74),
        ("rail", 300, 700, 60_000, 12),
        ("air", 2_000, 9_000, 3_000, 4),
        ("water", 200, 600, 90_000, 10),
    ],
    **OURS,
)

# Names, communes and positions are facts; populations rounded to thousands, so that nobody takes them for a census.
CITIES = [
    ("Luxembourg", "Luxembourg", "LU-LU", "1009", 49.6117, 6.1300, 128_000),
    ("Esch-sur-Alzette", "Esch-sur-Alzette", "LU-ES", "4001", 49.4958, 5.9806, 36_000),
    ("Differdange", "Esch-sur-Alzette", "LU-ES", "4501", 49.5242, 5.8914, 29_000),
    ("Dudelange", "Esch-sur-Alzette", "LU-ES", "3401", 49.4806, 6.0875, 21_000),
    ("Ettelbruck", "Diekirch", "LU-DI", "9001", 49.8475, 6.1042, 9_000),
]
write_table(
    PACKAGE / "common_data",
    "places",
    "LU",
    [
        "city",
        "district",
        "state",
        "state_code",
        "postal_code",
        "latitude",
        "longitude",
        "time_zone",
        "area_code",
        "population",
        "weight",
    ],
    [
        (city, "", canton, code, postal, latitude, longitude, "Europe/Luxembourg", "", people, people)
        for city, canton, code, postal, latitude, longitude, people in CITIES
    ],
    **OURS,
)
