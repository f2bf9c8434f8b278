"""Whom a category appeals to, and when: women or men, the young or the old, winter or summer.

Writes category_tastes: per category the share of women among its buyers in percent, the age that buys it most, and how
much of winter it has, from -100 (midsummer) to 100 (December); month_winters: the same scale for months. Every
figure is an estimate; directions are those of the surveys named. Needs nothing but the standard library and datamimic.
"""

from __future__ import annotations

from pathlib import Path

from assortment import CATEGORIES

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
SURVEYS = (
    "own estimate; directions from U.S. BLS, Consumer Expenditure Survey (apparel, personal care, reading, pets by "
    "sex and age) and U.S. Census Bureau, Monthly Retail Trade (gardens in spring, toys and jewellery in winter)"
)

# department: women in percent, age that buys most, winter
OF_DEPARTMENT = {
    "electronics": (36, 32, 40), "computers": (34, 34, 20), "kitchen": (58, 45, 20), "home": (62, 48, 0),
    "furniture": (52, 38, -10), "fashion": (60, 34, 0), "shoes": (58, 34, 0), "accessories": (62, 34, 20),
    "beauty": (78, 36, 20), "health": (56, 58, 10), "food": (56, 52, 10), "media": (58, 54, 20), "toys": (62, 36, 95),
    "baby": (64, 31, 0), "sports": (42, 33, -40), "garden": (48, 60, -95), "diy": (24, 50, -40), "pet": (58, 48, 0),
    "office": (56, 44, -10), "automotive": (26, 46, -10),
}  # fmt: skip
OF_CATEGORY = {
    "gaming_accessories": (26, 24, 60), "headphones": (40, 27, 40), "televisions": (38, 48, 60), "cameras": (40, 42, 20),
    "dresses": (94, 34, -40), "jeans": (54, 32, 0), "jackets": (56, 38, 70), "sportswear": (52, 29, -10),
    "underwear": (62, 40, 20), "kids_clothing": (74, 35, 0), "boots": (58, 38, 75), "sandals": (62, 40, -95),
    "sneakers": (46, 26, -10), "watches": (42, 40, 60), "jewellery": (66, 38, 75), "sunglasses": (54, 32, -90),
    "make_up": (92, 29, 10), "fragrance": (62, 36, 70), "vitamins": (54, 60, 30), "menstrual_care": (97, 27, 0),
    "magazines": (54, 64, 0), "camping": (38, 36, -90), "bicycles": (36, 38, -80), "fitness": (46, 32, 60),
    "bedding": (64, 50, 30), "construction_toys": (54, 37, 95), "soft_toys": (70, 34, 90), "board_games": (52, 33, 95),
}  # fmt: skip
WINTER = (30, 0, -40, -70, -95, -100, -90, -50, 0, 30, 90, 100)


def write() -> None:
    facts = {"source": SURVEYS, "licence": "MIT (this project)", "date": "2026-11", "grade": "E"}
    write_table(
        DATA,
        "category_tastes",
        None,
        ["category_code", "women_percent", "age", "winter"],
        [(each.code, *OF_CATEGORY.get(each.code, OF_DEPARTMENT[each.department])) for each in CATEGORIES],
        **facts,
        method="data-build/tastes.py: per department, some categories apart",
    )
    write_table(
        DATA,
        "month_winters",
        None,
        ["month", "winter"],
        list(enumerate(WINTER, 1)),
        **facts,
        method="data-build/tastes.py: how much of winter a month has, gifts of November and December included",
    )


if __name__ == "__main__":
    write()
