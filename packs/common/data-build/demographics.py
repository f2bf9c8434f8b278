"""groups_age_band_<CC>, groups_gender_category, groups_population_tier_<CC>, profiles and components.

A mask is a factor from 0 to 10 on the weights that a country has anyway; see datamimic_pack_common/profiles.py. The groups
are definitions, not measurements: where a country defines the term, the limit is that country's.
"""

from __future__ import annotations

import json
from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
SAID = {"licence": "MIT (this project)", "date": "2026", "grade": "D"}
METHOD = "data-build/demographics.py: definitions chosen by this project; no figure is measured"

# Elderly: 65 in the US and Germany (the usual limit of statistics), 60 in Viet Nam (Law on the Elderly, 2009, article 2).
ELDERLY = {"US": 65, "DE": 65, "VN": 60}
# Urban: 50,000 in the US (least core of a metropolitan area, OMB), 100,000 in Germany (Großstadt), 500,000 in Viet Nam
# (city of class I, resolution 1210/2016 of the National Assembly's committee).
URBAN = {"US": 50_000, "DE": 100_000, "VN": 500_000}
LIMITS = {
    "US": "elderly from 65; urban from 50,000 (core of a metropolitan area, OMB)",
    "DE": "elderly from 65; urban from 100,000 (Großstadt)",
    "VN": "elderly from 60 (Law on the Elderly 2009); urban from 500,000 (city of class I)",
}


def age_bands(elderly: int) -> dict[str, dict[int, float]]:
    """group -> {age from: mask}"""
    return {
        "children": {0: 1, 18: 0},
        "adults": {0: 0, 18: 1, elderly: 0},
        "young_adults": {0: 0, 18: 1, 35: 0},
        "working_age": {0: 0, 18: 0.6, 25: 1, 55: 0.8, elderly: 0},
        "seniors": {0: 0, elderly: 1},
        "families_with_children": {0: 1, 15: 0, 25: 1, 45: 0},
        "childbearing_age": {0: 0, 15: 1, 50: 0},
        "middle_aged_and_older": {0: 0, 35: 0.5, 45: 1, elderly: 1.5},
    }


GENDERS = {"women": (1, 0), "men": (0, 1), "mostly_women": (4, 1), "mostly_men": (1, 4)}


def tiers(urban: int) -> dict[str, dict[int, float]]:
    """group -> {people in the city from: mask}"""
    return {"urban": {0: 0, urban: 1}, "rural": {0: 1, urban: 0}, "urban_mostly": {0: 0.25, urban: 1}}


# profile -> age band, gender category, population tier, condition tier, specialty family (the last two: healthcare)
PROFILES = {
    "urban_adult": ("adults", "", "urban", "", ""),
    "young_urban": ("young_adults", "", "urban", "", ""),
    "working_age": ("working_age", "", "", "", ""),
    "young_families": ("families_with_children", "", "", "", "family_care"),
    "women_of_childbearing_age": ("childbearing_age", "women", "", "", "womens_health"),
    "seniors": ("seniors", "", "", "", "primary_care"),
    "rural_seniors": ("seniors", "", "rural", "", "primary_care"),
    "healthy_adult": ("adults", "", "", "no_chronic_conditions", "primary_care"),
    "chronic_diabetes": ("middle_aged_and_older", "", "", "type_2_diabetes", "diabetes_care"),
    "cardiac_seniors": ("seniors", "", "", "hypertension", "cardiac_care"),
}
EVERYWHERE = ("DE", "US", "VN")
# component -> countries, profile, constraints of the request API that it adds
COMPONENTS = {
    "urban_adult": (EVERYWHERE, "urban_adult", {}),
    "working_age": (EVERYWHERE, "working_age", {}),
    "young_families": (EVERYWHERE, "young_families", {}),
    "seniors": (EVERYWHERE, "seniors", {}),
    "chronic_diabetes": (("US",), "chronic_diabetes", {"age": {"min": 40, "max": 85}}),
}


def main() -> None:
    for country, elderly in ELDERLY.items():
        rows = [(g, start, float(m)) for g, bands in age_bands(elderly).items() for start, m in bands.items()]
        said = {**SAID, "method": f"{METHOD}; {LIMITS[country]}"}
        write_table(DATA, "groups_age_band", country, ["group", "age_from", "mask"], rows, source="definition", **said)
        rows = [(g, start, float(m)) for g, bands in tiers(URBAN[country]).items() for start, m in bands.items()]
        columns = ["group", "population_from", "mask"]
        write_table(DATA, "groups_population_tier", country, columns, rows, source="definition", **said)
    said = {**SAID, "method": METHOD, "source": "definition"}
    sexes = [
        (group, gender, float(factor))
        for group, factors in GENDERS.items()
        for gender, factor in zip(("female", "male"), factors, strict=True)
    ]
    write_table(DATA, "groups_gender_category", None, ["group", "gender", "mask"], sexes, **said)
    dimensions = ["age_band", "gender_category", "population_tier", "condition_prevalence_tier", "specialty_family"]
    profiles = [(name, *groups) for name, groups in PROFILES.items()]
    write_table(DATA, "profiles", None, ["profile_id", *dimensions], profiles, **said)
    components = [
        (name, country, profile, json.dumps(constraints, sort_keys=True))
        for name, (countries, profile, constraints) in COMPONENTS.items()
        for country in countries
    ]
    columns = ["component_id", "dataset", "profile_id", "constraints"]
    write_table(DATA, "components", None, columns, components, **said)


if __name__ == "__main__":
    main()
