"""What the shop sells: 71 categories with names in five languages, sizes, weights, prices and return behaviour.

Reads `sources/categories.txt`, hand-entered for this project; imported by the other scripts, writes nothing itself. One
line per category, fields split by `|`: code, department, tax class, popularity, median price in USD, spread (sigma of
the log price), relative return rate, length in cm, width and height as shares of the length, weight in g, variant,
names en/de/fr/es/vi.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "de", "fr", "es", "vi")
LANGUAGE_OF = {"US": "en", "GB": "en", "DE": "de", "FR": "fr", "ES": "es", "VN": "vi"}
COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES")


def source(name: str) -> str:
    """The text of a hand-entered file of `sources/`."""
    return (Path(__file__).resolve().parent / "sources" / name).read_text(encoding="utf-8")


_CATEGORIES = source("categories.txt")

_DEPARTMENTS = source("departments.txt")

_AMERICAN = {
    "Jewellery": "Jewelry", "Make-up": "Makeup", "Savoury": "Savory", "Grey": "Gray", "Multicolour": "Multicolor",
    "polarised": "polarized", "Fibreglass": "Fiberglass", "Pyjamas": "Pajamas", "Trousers": "Pants",
    "Pushchair": "Stroller", "Colour": "Color", "Diver's Watch": "Dive Watch",
    "Tea Towel": "Dish Towel", "Harbour": "Harbor",
    "harbour": "harbor", "neighbour": "neighbor", "colour": "color", "flavour": "flavor", "parcel": "package",
    "cheque": "check", "favourite": "favorite",
}  # fmt: skip


def spelled(text: str, country: str) -> str:
    """English text as it is spelled and said in the country."""
    if country == "US":
        for british, american in _AMERICAN.items():
            text = text.replace(british, american)
    return text


class Category(NamedTuple):
    code: str
    department: str
    tax_class: str
    weight: int
    median_usd: float
    sigma: float
    return_rate: float
    length_cm: tuple[int, int]
    width_share: float
    height_share: float
    weight_g: tuple[int, int]
    variant: str
    names: dict[str, str]


def _span(text: str) -> tuple[int, int]:
    low, high = text.split("-")
    return int(low), int(high)


def _category(line: str) -> Category:
    cells = line.split("|")
    names = dict(zip(LANGUAGES, cells[12].split("/"), strict=True))
    return Category(
        cells[0], cells[1], cells[2], int(cells[3]), float(cells[4]), float(cells[5]), float(cells[6]), _span(cells[7]),
        float(cells[8]), float(cells[9]), _span(cells[10]), cells[11], names,
    )  # fmt: skip


CATEGORIES = [_category(line) for line in _CATEGORIES.strip().splitlines()]
DEPARTMENTS = {
    line.split("|")[0]: dict(zip(LANGUAGES, line.split("|")[1].split("/"), strict=True))
    for line in _DEPARTMENTS.strip().splitlines()
}
