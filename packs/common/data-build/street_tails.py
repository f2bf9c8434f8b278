"""The many rarer streets behind the common ones of streets.py, and which of all stand in villages, towns and cities.

requires: mimesis==22.2.0 (MIT: lists of street names in use, without counts or towns)

The order of a country's most common names is published, the rest are names in use that everybody has: what share they have
of all addresses (TAIL) is an estimate by the share that the first name has of all streets of a country (about 1 %).
A village is a place of fewer than 10,000 people (in Viet Nam a rural commune), a city one of 100,000 and more.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
SETTLEMENTS = ("village", "town", "city")
TAIL = {"village": 0.55, "town": 0.75, "city": 0.88}
Rows = list[tuple[str, str, float]]

# Names that belong to villages (more frequent there, and some not in cities), and such that belong to cities.
OF_VILLAGES = {
    "DE": r"[Dd]orf|^Feld|Wiesen|^Im Grund|Friedhofstraße|^Kirchweg$|Raiffeisen|Mühl|Sportplatz|Anger|Heideweg",
    "FR": r"Lavoir|Grande Rue|Presbytère|Ruelle|Cimetière|Rue Principale|Champs|Prés|Chemin|Route",
    "ES": r"Tejares|Pozo|Fuente|Iglesia|Eras|Travesía|Camino|Molino",
    "BR": r"Projetada|Estrada|Matriz|Igreja",
    "VN": "^(Thôn|Ấp|Xóm) ",
}
OF_CITIES = {
    "DE": r"allee$|platz$|damm$|ufer$|Kaiser|König|Leipziger|Bismarck|Rathaus",
    "FR": r"^(Boulevard|Quai|Cours|Avenue)",
    "ES": r"^(Avenida|Paseo|Ronda|Gran Vía|Plaza)",
    "BR": r"^(Avenida|Alameda|Praça)",
    "VN": "^(Ngõ|Hẻm) ",
}
ONLY_IN_VILLAGES = {"DE": "Dorf|dorfstraße", "FR": "Lavoir|Presbytère", "ES": "Tejares|Eras", "BR": "^Estrada", "VN": "^(Thôn|Ấp|Xóm) "}
FRENCH_WAYS = (("Rue", 50.0), ("Avenue", 14.0), ("Impasse", 12.0), ("Allée", 12.0), ("Chemin", 8.0), ("Place", 6.0), ("Boulevard", 5.0))
SPANISH_WAYS = (("Calle", 70.0), ("Avenida", 12.0), ("Plaza", 7.0), ("Paseo", 4.0), ("Travesía", 3.0), ("Camino", 3.0))
BRAZILIAN_WAYS = (("Rua", 76.0), ("Avenida", 12.0), ("Travessa", 6.0), ("Alameda", 3.0), ("Praça", 3.0))


def in_use(language: str) -> list[str]:
    import mimesis

    path = Path(mimesis.__file__).parent / "datasets" / language / "address.json"
    names: list[str] = json.loads(path.read_text(encoding="utf-8"))["street"]["name"]
    return [" ".join(unicodedata.normalize("NFC", name).split()) for name in names]


def spread(names: list[str], most: int) -> list[str]:
    """At most so many, evenly over the list."""
    distinct = list(dict.fromkeys(names))
    return [distinct[k * len(distinct) // most] for k in range(most)] if len(distinct) > most else distinct


def given_names(country: str, most: int) -> list[str]:
    with (DATA / f"given_names_{country}.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["given_name"], float(row["weight"])) for row in csv.DictReader(file)]
    sums: dict[str, float] = {}
    for name, weight in rows:
        sums[name] = sums.get(name, 0.0) + weight
    return sorted(sums, key=lambda name: -sums[name])[:most]


def family_names(country: str, most: int) -> list[str]:
    with (DATA / f"family_names_{country}.csv").open(encoding="utf-8", newline="") as file:
        return [row["family_name"] for row in csv.DictReader(file)][:most]


def plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)).lower()


def german(_: list[str]) -> list[tuple[str, float]]:
    kinds = r"(straße|weg|allee|platz|gasse|ring|damm|ufer|steig|pfad|stieg|berg|hof| Straße| Weg| Allee| Ring)$"
    usual = [name for name in in_use("de") if re.search(kinds, name) and len(name) < 32 and not re.search(r"\d|\(|\.", name)]
    return [(name, 1.0) for name in spread(usual, 3_600)]


def french(head: list[str]) -> list[tuple[str, float]]:
    accents = {plain(name): name for name in reversed(given_names("FR", 1_500))}
    people = []
    for name in in_use("fr"):
        first, _, rest = name.partition(" ")
        spelt = accents.get(plain(first))
        if spelt and rest and len(name) < 26 and re.fullmatch(r"[A-Za-z' -]+", rest) and " Et " not in name and "Prolong" not in name:
            people.append(f"{spelt} {rest}".replace(" De ", " de ").replace(" Du ", " du "))
    stems = [re.sub(r"^\w+ ", "", name) for name in head if name.startswith("Rue ")]
    rows = [(f"{way} {stem}", weight / 10) for way, weight in FRENCH_WAYS[1:] for stem in stems]
    return rows + [(f"{way} {name}", weight / 40) for way, weight in FRENCH_WAYS for name in spread(people, 420)]


def spanish(head: list[str]) -> list[tuple[str, float]]:
    stems = [name.removeprefix("Calle ") for name in head if name.startswith("Calle ")]
    plain_names = [name for name in in_use("es") if not re.match(r"(R[uú]a\b|Av\b|Avenida|Calle|Plaza|Paseo|Camino|Ronda|Travesía|C/)", name)]
    rows = [(f"{way} {stem}", weight / 10) for way, weight in SPANISH_WAYS[1:] for stem in stems]
    rows += [(name, 1.5) for name in in_use("es") if re.match(r"(Avenida|Calle|Plaza|Paseo|Camino|Ronda) ", name)]
    return rows + [(f"{way} {name}", weight / 40) for way, weight in SPANISH_WAYS[:4] for name in plain_names if len(name) < 30]


def brazilian(head: list[str]) -> list[tuple[str, float]]:
    stems = [name.removeprefix("Rua ") for name in head if name.startswith("Rua ")]
    rows = [(f"{way} {stem}", weight / 6) for way, weight in BRAZILIAN_WAYS[1:] for stem in stems]
    rows += [(name, 1.5) for name in in_use("pt-br") if re.match(r"(Avenida|Rua|Travessa|Praça|Estrada|Alameda) ", name)]
    people = [f"{given} {family}" for n, given in enumerate(given_names("BR", 60)) for family in family_names("BR", 60)[n % 3 :: 3]]
    rows += [(f"Rua {name}", 1.0) for name in spread(people, 1_000)]
    return rows + [(f"{way} {number}", 1.0) for way in ("Rua", "Avenida") for number in range(1, 41)]


def vietnamese(head: list[str]) -> list[tuple[str, float]]:
    alleys = [(f"{kind} {number} {name}", 0.35) for kind in ("Ngõ", "Hẻm") for name in head for number in (5, 12, 27, 48, 76, 105, 164, 218)]
    sides = ("Đông", "Tây", "Nam", "Bắc", "Trung", "Thượng", "Hạ", "Đoài", "Chùa", "Đình", "Chợ", "Giữa", "Mới", "Tân Lập", "Hòa Bình", "Đồng Tâm")
    rural = [(f"{kind} {name}", weight) for kind, weight in (("Thôn", 10.0), ("Ấp", 7.0), ("Xóm", 5.0)) for name in (*sides, *map(str, range(1, 15)))]
    return alleys + rural


TAILS = {"DE": german, "FR": french, "ES": spanish, "BR": brazilian, "VN": vietnamese}


def by_settlement(country: str, head: list[tuple[str, float]]) -> Rows:
    """(settlement, street, weight): weights of a settlement add up to a million."""
    known = {name for name, _ in head}
    tail: dict[str, float] = {}
    for name, weight in TAILS[country]([name for name, _ in head]):
        if name not in known:
            tail[name] = tail.get(name, 0.0) + weight
    rows: Rows = []
    for settlement in SETTLEMENTS:
        for names, share in ((dict(head), 1 - TAIL[settlement]), (tail, TAIL[settlement])):
            weighed = {name: weight * factor(country, settlement, name) for name, weight in names.items()}
            whole = sum(weighed.values())
            rows += [(settlement, name, round(1e6 * share * weight / whole, 2)) for name, weight in weighed.items() if weight > 0]
    return rows


def factor(country: str, settlement: str, name: str) -> float:
    village, city = re.search(OF_VILLAGES[country], name), re.search(OF_CITIES[country], name)
    if settlement != "village" and re.search(ONLY_IN_VILLAGES[country], name) and not name.startswith("Alte Dorf"):
        return 0.0 if settlement == "city" or country == "VN" else 0.4
    return {"village": (2.5 if village else 0.3 if city else 1.0), "town": 1.0, "city": (0.4 if village else 2.0 if city else 1.0)}[settlement]
