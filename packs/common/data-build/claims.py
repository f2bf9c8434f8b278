"""claims.toml: the published figures that people of this pack claim to follow, and who may judge their identifiers.

Reads tests/anchors_people.json (figures with their sources); `dm report common.person` measures them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PACK = Path(__file__).parents[1]
ANCHORS: dict[str, Any] = json.loads((PACK / "tests" / "anchors_people.json").read_text(encoding="utf-8"))
TARGET = PACK / "src" / "datamimic_pack_common" / "data" / "claims.toml"
COUNTRIES = ("BR", "DE", "ES", "FR", "GB", "IN", "JP", "US", "VN")
GENDERS = {"F": "female", "M": "male"}
STATUSES = ["single", "married", "cohabiting", "divorced", "separated", "widowed"]
LEVELS = {
    "none": "<HS", "primary": "<HS", "lower_secondary": "<HS", "upper_secondary": "HS", "some_college": "some college",
    "associate": "associate", "bachelor": "bachelor", "master": "advanced", "doctorate": "advanced",
}  # fmt: skip


def claim(key: str, title: str, field: str, **rest: Any) -> dict[str, Any]:
    anchor = ANCHORS[key]
    grade = {"D": "C"}.get(anchor["conf"], anchor["conf"])
    told = {"entity": "person", "field": field, "title": title, "grade": grade, "source": anchor["source"]}
    if anchor["note"] and "note" not in rest:
        told["note"] = anchor["note"]
    return told | rest


def years(decade: str) -> list[str]:
    return [f"{decade[:4]}-01-01", f"{int(decade[:4]) + 9}-12-31"]


def claims() -> list[dict[str, Any]]:
    found = []
    for country in COUNTRIES:
        data = ANCHORS[f"age_sex_{country}"]["data"]
        figures = {
            f"{GENDERS[sex]} {10 * place:g}": shares[sex] for place, shares in enumerate(data.values()) for sex in "FM"
        }
        found.append(
            claim(f"age_sex_{country}", "Age and sex of the population, 2025", "age", countries=[country],
                  bands=list(range(0, 90, 10)), by="gender", figures=dict(sorted(figures.items(), key=_pyramid)))
        )  # fmt: skip
    surnames = {name.capitalize(): share for name, share in ANCHORS["surnames_US"]["data"].items()}
    found.append(claim("surnames_US", "Commonest family names", "family_name", countries=["US"], figures=surnames))
    found.append(
        claim(
            "surnames_DE",
            "Commonest family names",
            "family_name",
            countries=["DE"],
            figures=ANCHORS["surnames_DE"]["data"],
        )
    )
    vietnamese = {name: share for name, share in ANCHORS["surnames_VN"]["data"].items() if "/" not in name}
    found.append(claim("surnames_VN", "Commonest family names", "family_name", countries=["VN"], figures=vietnamese))
    for country, field in (
        ("GB", "family_name"),
        ("FR", "family_name"),
        ("JP", "family_name"),
        ("ES", "first_family_name"),
    ):
        shares = ANCHORS["surnames_other"]["data"][country]
        found.append(claim("surnames_other", "Commonest family names", field, countries=[country], figures=shares))
    groups = [
        {
            "label": f"{'women' if sex == 'F' else 'men'} born {decade}",
            "where": {"gender": [GENDERS[sex]], "birthdate": years(decade)},
            "figures": ANCHORS[f"names_US_{decade}_{sex}"]["data"],
        }
        for decade in (f"{year}s" for year in range(1950, 2020, 10))
        for sex in "FM"
    ]
    note = "the 20 commonest names of each decade; others together"
    found.append(
        claim(
            "names_US_1950s_F",
            "Given names by decade of birth",
            "given_name",
            countries=["US"],
            note=note,
            group=groups,
        )
    )
    marital = ANCHORS["marital_us"]["data"]
    groups = [
        {
            "label": f"{'women' if sex == 'F' else 'men'} {_ages(band)}",
            "where": {"gender": [GENDERS[sex]], "age": _limits(band)},
            "figures": dict(zip(STATUSES, shares, strict=True)),
        }
        for sex in "FM"
        for band, shares in marital[sex].items()
    ]
    found.append(claim("marital_us", "Marital status by age and sex", "marital_status", countries=["US"], group=groups))
    found.append(
        claim("edu_us", "Highest education, from 25 years", "education", countries=["US"], where={"age": [25, 120]},
              merge=LEVELS, figures=ANCHORS["edu_us"]["data"])
    )  # fmt: skip
    for field, title, unit in (
        ("height_cm", "Height", "cm"),
        ("weight_kg", "Weight", "kg"),
        ("bmi", "Body mass index", "kg/m²"),
    ):
        groups = [
            {
                "label": f"{GENDERS[sex]}, from 20 years",
                "where": {"gender": [GENDERS[sex]], "age": [20, 120]},
                "published": ANCHORS["anthro_us"]["data"][field][sex][0],
            }
            for sex in "FM"
        ]
        found.append(
            claim("anthro_us", f"{title}, mean of adults", field, kind="mean", unit=unit, countries=["US"], tolerance=0.03,
                  note="tolerance 0.03: the body tables serve NHANES of several years", group=groups)
        )  # fmt: skip
    return found


TOP = 80
"""NHANES says 80 of everybody of 80 years and more: its last band is open."""


def _limits(band: str) -> list[int]:
    low, high = (int(age) for age in band.split("-"))
    return [low, 120 if high == TOP else high]


def _ages(band: str) -> str:
    low, high = _limits(band)
    return f"of {low}-{high}" if high < TOP else f"from {low} years"


def _pyramid(pair: tuple[str, float]) -> tuple[int, str]:
    gender, _, age = pair[0].partition(" ")
    return int(age), gender


SAFE = "numbers that no authority issues: privacy by default"
IDENTIFIERS: list[dict[str, Any]] = [
    {"entity": "person", "field": "phone", "countries": ["BR", "DE", "ES", "FR", "IN", "JP", "US", "VN"], "validator": "phonenumbers"},
    {"entity": "person", "field": "mobile_phone", "countries": ["BR", "DE", "ES", "IN", "JP", "US", "VN"], "validator": "phonenumbers"},
    {"entity": "person", "field": "mobile_phone", "countries": ["GB"], "validator": "phonenumbers", "refused": True,
     "note": "07700 900: Ofcom's numbers for drama"},
    {"entity": "person", "field": "mobile_phone", "countries": ["FR"], "validator": "phonenumbers", "refused": True,
     "note": "06 39 98: ARCEP's numbers for fiction"},
    {"entity": "person", "field": "tax_id", "countries": ["DE"], "validator": "stdnum.de.idnr",
     "refused": True, "note": "begins with 0, which only numbers for tests do"},
    {"entity": "person", "field": "tax_id", "countries": ["GB"], "validator": "stdnum.gb.utr"},
    {"entity": "person", "field": "tax_id", "countries": ["BR"], "validator": "stdnum.br.cpf"},
    {"entity": "person", "field": "tax_id", "countries": ["ES"], "validator": "stdnum.es.nif"},
    {"entity": "person", "field": "tax_id", "countries": ["IN"], "validator": "stdnum.in_.pan"},
    {"entity": "person", "field": "national_id", "countries": ["ES"], "validator": "stdnum.es.nif"},
    {"entity": "person", "field": "national_id", "countries": ["IN"], "validator": "stdnum.in_.aadhaar"},
    {"entity": "person", "field": "national_id", "countries": ["JP"], "validator": "stdnum.jp.in_"},
    {"entity": "person", "field": "social_security_number", "countries": ["FR"], "validator": "stdnum.fr.nir"},
    {"entity": "person", "field": "social_security_number", "countries": ["US"], "validator": "stdnum.us.ssn",
     "refused": True, "note": SAFE},
]  # fmt: skip


def literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(f"{json.dumps(str(k), ensure_ascii=False)} = {literal(v)}" for k, v in value.items())
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return value
    return json.dumps(value, ensure_ascii=False)


def block(head: str, entry: dict[str, Any]) -> list[str]:
    lines = ["", f"[[{head}]]", *(f"{key} = {literal(value)}" for key, value in entry.items() if key != "group")]
    for group in entry.get("group", []):
        lines += ["", f"[[{head}.group]]", *(f"{key} = {literal(value)}" for key, value in group.items())]
    return lines


def main() -> None:
    lines = ["# Made by data-build/claims.py; read by `dm report`. Figures are per cent."]
    for entry in claims():
        lines += block("claim", entry)
    for entry in IDENTIFIERS:
        lines += block("identifier", entry)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
