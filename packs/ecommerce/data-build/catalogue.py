"""Tables of the catalogue: categories, names, selling points, brands, colours, variants.

Writes product_categories_<CC>, product_names_<CC>, product_points_<CC>, product_colors_<CC>, product_variants_<CC>,
product_brands, product_conditions_<CC>. Hand-entered; needs nothing but the standard library and datamimic.
"""

from __future__ import annotations

from pathlib import Path

from assortment import CATEGORIES, COUNTRIES, DEPARTMENTS, LANGUAGE_OF, LANGUAGES, source, spelled
from wording import NOUNS, POINTS, SERIES, TITLES

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
OWN = {"licence": "MIT (this project)", "date": "2026-11", "source": "datamimic"}

# Invented names, checked against no register: any likeness to a firm is unintended. tier: value, mid, premium.
_BRANDS = source("brands.txt")
_TIERS = {"value": (0.0, 0.45, 45), "mid": (0.2, 0.8, 40), "premium": (0.6, 1.0, 15)}

_COLORS = source("colors.txt")
_PALETTE_OF_DEPARTMENT = {
    "electronics": "tech",
    "computers": "tech",
    "kitchen": "home",
    "home": "home",
    "furniture": "home",
    "fashion": "fashion",
    "shoes": "fashion",
    "accessories": "fashion",
    "beauty": "clear",
    "health": "clear",
    "food": "multi",
    "media": "multi",
    "toys": "multi",
    "baby": "fashion",
    "sports": "fashion",
    "garden": "tech",
    "diy": "tech",
    "pet": "home",
    "office": "multi",
    "automotive": "tech",
}
_PALETTE_OF_CATEGORY = {
    "tables": "wood",
    "shelves": "wood",
    "mattresses": "clear",
    "jeans": "denim",
    "watches": "metal",
    "jewellery": "metal",
    "make_up": "shade",
    "plants": "plant",
    "pet_food": "multi",
}

# kind -> attribute, whether a later value costs more, values as text or en/de/fr/es/vi, `:weight`, `@low-high` = where
# in the category's size range the value lies (0 smallest, 1 largest)
_VARIANTS = source("variants.txt")
_BY_COUNTRY = {
    "shoes": {
        "US": "shoe_size|5:4|6:9|7:15|8:19|9:19|10:16|11:11|12:7",
        "GB": "shoe_size|3:5|4:10|5:16|6:18|7:16|8:14|9:12|10:9",
        "EU": "shoe_size|36:6|37:10|38:14|39:15|40:14|41:12|42:11|43:10|44:8",
        "VN": "shoe_size|35:7|36:13|37:16|38:17|39:15|40:12|41:10|42:7|43:3",
    },
    "kids": {
        "US": "size|2T:14|3T:16|4T:17|5:15|6:14|8:13|10:11",
        "GB": "size|1-2 Y:13|2-3 Y:15|3-4 Y:17|5-6 Y:18|7-8 Y:19|9-10 Y:18",
        "EU": "size|86:11|92:13|98:14|104:15|116:17|128:16|140:14",
        "VN": "size|90:14|100:19|110:21|120:20|130:15|140:11",
    },
    "bed": {
        "US": "bed_size|Twin:18|Full:20|Queen:40|King:22",
        "GB": "bed_size|Single:22|Double:36|King:32|Super King:10",
        "EU": "bed_size|90x200 cm:24|140x200 cm:36|160x200 cm:20|180x200 cm:20",
        "VN": "bed_size|120x200 cm:14|140x200 cm:18|160x200 cm:38|180x200 cm:30",
    },
    "weight_food": {
        "US": "net_weight|8.8 oz:34|17.6 oz:44|2.2 lb:22",
        "GB": "net_weight|250 g:34|500 g:44|1 kg:22",
        "EU": "net_weight|250 g:34|500 g:44|1 kg:22",
        "VN": "net_weight|250 g:34|500 g:44|1 kg:22",
    },
    "weight_snack": {
        "US": "net_weight|3.5 oz:36|5.3 oz:36|7.1 oz:28",
        "GB": "net_weight|100 g:36|150 g:36|200 g:28",
        "EU": "net_weight|100 g:36|150 g:36|200 g:28",
        "VN": "net_weight|100 g:36|150 g:36|200 g:28",
    },
}
_RANKS = {"net_weight": [(0.0, 0.1), (0.4, 0.55), (0.92, 1.0)], "shoe_size": None, "size": None, "bed_size": None}
_VARIANT_OVERRIDE = {"mattresses": "firmness", "jewellery": "stone"}
_CONDITIONS = source("conditions.txt")
_REFURBISHABLE = {"electronics", "computers"} | {
    "kitchen_appliances",
    "coffee_machines",
    "vacuum_cleaners",
    "power_tools",
}
_REUSABLE = {"media", "bicycles", "strollers", "watches", "board_games"}


def _text(cell: str, country: str) -> str:
    choices = cell.split("/")
    text = choices[LANGUAGES.index(LANGUAGE_OF[country])] if len(choices) == len(LANGUAGES) else cell
    return spelled(text, country)


def _family_of_sizes(country: str) -> str:
    return country if country in ("US", "GB", "VN") else "EU"


def _variant_rows(kind: str, country: str) -> list[tuple[str, int, str, int, float, float]]:
    """(attribute, 1 if larger costs more, value, weight, rank low, rank high) of one kind of variant."""
    if kind in _BY_COUNTRY:
        attribute, *values = _BY_COUNTRY[kind][_family_of_sizes(country)].split("|")
        ranks = _RANKS[attribute] or [(i / len(values), (i + 1) / len(values)) for i in range(len(values))]
        priced = int(attribute in ("net_weight", "bed_size"))
        return [
            (attribute, priced, value.rsplit(":", 1)[0], int(value.rsplit(":", 1)[1]), low, high)
            for value, (low, high) in zip(values, ranks, strict=True)
        ]
    line = next(line for line in _VARIANTS.strip().splitlines() if line.startswith(kind + "|"))
    _, attribute, priced_text, *values = line.split("|")
    rows = []
    for value in values:
        name, _, rest = value.rpartition(":")
        weight, _, rank = rest.partition("@")
        low, high = (float(part) for part in (rank or "0-1").split("-"))
        rows.append((attribute, int(priced_text), _text(name, country), int(weight), low, high))
    return rows


def _palette(code: str, department: str) -> str:
    return _PALETTE_OF_CATEGORY.get(code, _PALETTE_OF_DEPARTMENT[department])


def _condition_class(code: str, department: str) -> str:
    if {code, department} & _REFURBISHABLE:
        return "refurbishable"
    return "reusable" if {code, department} & _REUSABLE else "new only"


def _colored(block: str, country: str) -> list[tuple[str, str, int]]:
    rows = []
    for line in block.strip().splitlines():
        group, *entries = line.split("|")
        for entry in entries:
            _, weight, names = entry.split(":")
            rows.append((group, _text(names, country), int(weight)))
    return rows


def write() -> None:
    brands = []
    for line in _BRANDS.strip().splitlines():
        departments, *tiers = line.split("|")
        for category in CATEGORIES:
            if category.department in departments.split():
                for tier in tiers:
                    name, members = tier.split(":")
                    low, high, weight = _TIERS[name]
                    names = members.split(",")
                    brands += [(category.code, brand, name, low, high, weight / len(names)) for brand in names]
    write_table(
        DATA,
        "product_brands",
        None,
        ["category_code", "brand", "tier", "band_low", "band_high", "weight"],
        sorted(brands),
        method="data-build/catalogue.py: invented names; a brand sells in its own departments and in one price band",
        grade="E",
        **OWN,
    )
    for country in COUNTRIES:
        language = LANGUAGE_OF[country]
        write_table(
            DATA,
            "product_categories",
            country,
            [
                "category_code",
                "category",
                "department_code",
                "department",
                "tax_class",
                "palette",
                "condition_class",
                "length_min_mm",
                "length_max_mm",
                "width_share",
                "height_share",
                "weight_min_g",
                "weight_max_g",
                "weight",
            ],
            [
                (
                    c.code,
                    spelled(c.names[language], country),
                    c.department,
                    DEPARTMENTS[c.department][language],
                    c.tax_class,
                    _palette(c.code, c.department),
                    _condition_class(c.code, c.department),
                    c.length_cm[0] * 10,
                    c.length_cm[1] * 10,
                    c.width_share,
                    c.height_share,
                    *c.weight_g,
                    c.weight,
                )
                for c in CATEGORIES
            ],
            method="data-build/assortment.py: own classification, sizes and weights of typical goods",
            grade="E",
            **OWN,
        )
        titled: list[tuple[str, str, str, float]] = []
        for c in CATEGORIES:
            for noun in NOUNS[c.code]:
                titles = TITLES.get(c.code, {}).get(noun["en"])
                series = [title[language] for title in titles] if titles else SERIES[c.department]
                titled += [
                    (c.code, spelled(noun[language], country), spelled(name, country), 120 / len(series))
                    for name in series
                ]
        write_table(
            DATA,
            "product_names",
            country,
            ["category_code", "noun", "series", "weight"],
            titled,
            method="data-build/wording.py: common nouns; series and titles invented",
            grade="E",
            **OWN,
        )
        write_table(
            DATA,
            "product_points",
            country,
            ["department_code", "point", "weight"],
            [
                (department, spelled(phrase[language], country), 1)
                for department in DEPARTMENTS
                for phrase in POINTS[department]
            ],
            method="data-build/wording.py: written for this project",
            grade="E",
            **OWN,
        )
        write_table(
            DATA,
            "product_colors",
            country,
            ["palette", "color", "weight"],
            _colored(_COLORS, country),
            method="data-build/catalogue.py: palettes per kind of goods, shares estimated",
            grade="E",
            **OWN,
        )
        write_table(
            DATA,
            "product_conditions",
            country,
            ["condition_class", "condition", "weight"],
            _colored(_CONDITIONS, country),
            method="data-build/catalogue.py: only durable goods are sold used or refurbished",
            grade="E",
            **OWN,
        )
        write_table(
            DATA,
            "product_variants",
            country,
            ["category_code", "attribute", "priced", "value", "rank_low", "rank_high", "weight"],
            [
                (c.code, attribute, priced, value, low, high, weight)
                for c in CATEGORIES
                for attribute, priced, value, weight, low, high in _variant_rows(
                    _VARIANT_OVERRIDE.get(c.code, c.variant), country
                )
            ],
            method="data-build/catalogue.py: sizes of the country, shares estimated",
            grade="E",
            **OWN,
        )


if __name__ == "__main__":
    write()
