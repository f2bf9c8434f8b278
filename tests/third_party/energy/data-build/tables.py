"""Writes every table of the pack."""

from datetime import date, timedelta
from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "acme_energy" / "data"
OURS = {
    "source": "estimates of the authors",
    "licence": "MIT",
    "date": "2026",
    "method": "data-build/tables.py: entered by hand",
    "grade": "E",
}
YEARS = range(2018, 2032)


def easter(year: int) -> date:
    """Of the Gregorian calendar (anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


FIXED = {
    "DE": {"01-01": "Neujahr", "05-01": "Tag der Arbeit", "10-03": "Tag der Deutschen Einheit", "12-25": "1. Weihnachtstag", "12-26": "2. Weihnachtstag"},
    "FR": {"01-01": "Jour de l'an", "05-01": "Fête du Travail", "05-08": "Victoire 1945", "07-14": "Fête nationale", "08-15": "Assomption", "11-01": "Toussaint", "11-11": "Armistice 1918", "12-25": "Noël"},
}
MOVED = {
    "DE": {-2: "Karfreitag", 1: "Ostermontag", 39: "Christi Himmelfahrt", 50: "Pfingstmontag"},
    "FR": {1: "Lundi de Pâques", 39: "Ascension", 50: "Lundi de Pentecôte"},
}
for country in ("DE", "FR"):
    days = [(date.fromisoformat(f"{year}-{day}"), name) for year in YEARS for day, name in FIXED[country].items()]
    days += [(easter(year) + timedelta(after), name) for year in YEARS for after, name in MOVED[country].items()]
    write_table(DATA, "holidays", country, ["date", "name"], sorted(days), **OURS)

# Ten-thousandths of a euro a kWh.
PRICES = {"DE": [("power", 2_600, 4_200), ("gas", 800, 1_400)], "FR": [("power", 1_900, 2_900), ("gas", 900, 1_500)]}
for country, rows in PRICES.items():
    write_table(DATA, "prices", country, ["medium", "lowest", "highest"], rows, **OURS)

write_table(
    DATA,
    "load_profile",
    None,
    ["hour", "watts"],
    [*enumerate([120, 100, 92, 88, 96, 140, 240, 340, 360, 330, 310, 320, 380, 360, 310, 300, 330, 420, 520, 540, 480, 380, 260, 170])],
    **OURS,
)

write_table(
    DATA,
    "invoices",
    None,
    ["status", "count", "weight"],
    [("active", 0, 1), ("active", 1, 4), ("active", 4, 2), ("disputed", 1, 1), ("disputed", 2, 1), ("ended", 1, 6), ("ended", 12, 4)],
    **OURS,
)
