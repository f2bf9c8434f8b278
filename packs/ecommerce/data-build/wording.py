"""Product nouns, product-line names and selling points per category or department, in five languages.

Hand-entered; nothing but the standard library. Imported by catalogue.py. `NOUNS`: code|en/de/fr/es/vi|en/de/…
"""

from __future__ import annotations

from assortment import LANGUAGES, source

_NOUNS = source("nouns.txt")

# Names of product lines, the same in every language; books and magazines have titles instead.
SERIES = {
    "electronics": ["A5", "One", "Nova", "X2", "Pulse", "Air", "Pro 3", "Neo", "S7", "Vivid"],
    "computers": ["Vertex 14", "Core X", "Studio", "K3", "Flow", "Prime", "M40", "Atlas", "Swift 2", "Delta"],
    "kitchen": ["Gusto", "Bistro", "Nordic", "Basic", "Mira", "Chef", "Daily", "Terra"],
    "home": ["Luna", "Aura", "Nordic", "Calma", "Soft", "Linea", "Haven", "Alba"],
    "furniture": ["Oslo", "Siena", "Malmö", "Porto", "Turin", "Bergen", "Lyon", "Aarhus"],
    "fashion": ["Classic", "Urban", "Essential", "Modern", "Avenue", "Weekend", "Studio", "Coast"],
    "shoes": ["Stride", "Metro", "Trail", "Classic", "Cloud", "Rapid", "Terra", "Harbour"],
    "accessories": ["Milano", "Classic", "Metro", "Voyage", "Iris", "Nomad", "Stella", "Riva"],
    "beauty": ["Pure", "Aqua", "Botanica", "Glow", "Velvet", "Balance", "Intense", "Rosé"],
    "health": ["Daily", "Active", "Plus", "Balance", "Natural", "Complete"],
    "food": ["Selection", "Origin", "Classic", "Organic", "Gold", "Village"],
    "toys": ["Junior", "Discovery", "Rainbow", "Adventure", "Wonder", "Galaxy"],
    "baby": ["Comfort", "City", "Safe", "Travel", "Nest", "Easy"],
    "sports": ["Active", "Summit", "Core", "Trail", "Motion", "Flex", "Peak", "Ranger"],
    "garden": ["Verde", "Terra", "Bloom", "Classic", "Flora", "Oasis"],
    "diy": ["Craft", "Force", "Master", "Compact", "Solid", "Works"],
    "pet": ["Happy", "Natural", "Buddy", "Classic", "Wild", "Comfort"],
    "office": ["Classic", "Note", "Basic", "Colour", "Studio", "Line"],
    "automotive": ["Road", "Drive", "Tour", "Comfort", "Grip", "Classic"],
}

# Titles: invented, per kind of book (in the order of the nouns of `books` above) and for magazines.
_BOOK_TITLES = source("book_titles.txt")
_MAGAZINE_TITLES = source("magazine_titles.txt")

# Three selling points per department.
_POINTS = source("selling_points.txt")


def _phrases(block: str) -> dict[str, list[dict[str, str]]]:
    """key -> list of phrases, each a mapping of language to text."""
    result = {}
    for line in block.strip().splitlines():
        key, *phrases = line.split("|")
        result[key] = [dict(zip(LANGUAGES, phrase.split("/"), strict=True)) for phrase in phrases]
    return result


NOUNS = _phrases(_NOUNS)
TITLES = {"books": _phrases(_BOOK_TITLES), "magazines": _phrases(_MAGAZINE_TITLES)}
POINTS = _phrases(_POINTS)
