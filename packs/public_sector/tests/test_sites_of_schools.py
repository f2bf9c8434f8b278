"""Schools stand where such schools are: universities in towns that have one, secondary schools in towns of some size."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import datamimic_pack_common
import datamimic_pack_public_sector
from datamimic import World

ROWS = 20_000
DATA = Path(datamimic_pack_public_sector.__file__).parent / "data"
PLACES = Path(datamimic_pack_common.__file__).parent / "data"


@pytest.mark.parametrize("country", ["US", "DE", "GB", "FR", "VN"])
def test_kinds_of_schools_fit_their_towns(country: str) -> None:
    places = pd.read_csv(PLACES / f"places_{country}.csv", dtype=str, keep_default_na=False)
    schools = World("sites", country)["public_sector.educational_institution"][0:ROWS]
    frame = schools.select(["place", "type", "isced_level"]).to_pandas()
    state = places["former_state_code" if country == "VN" else "state_code"]
    where = frame["place"].to_numpy(dtype=int)
    frame["town"] = [*zip(places["city"].to_numpy()[where], state.to_numpy()[where], strict=True)]
    frame["people"] = places["population"].astype(int).to_numpy()[where]
    with (DATA / f"university_towns_{country}.csv").open(encoding="utf-8") as file:
        academic = {(row["city"], row["state_code"]) for row in csv.DictReader(file)}
    kinds = pd.read_csv(DATA / f"school_types_{country}.csv")
    least = dict(zip(kinds["school_type"], kinds["town"], strict=True))
    largest = pd.Series(places["population"].astype(int).to_numpy()).groupby(state.to_numpy()).max()
    for kind, level, town, people in frame[["type", "isced_level", "town", "people"]].itertuples(index=False):
        if level >= 5 and not least[kind]:
            assert town in academic or people == largest[town[1]], (kind, town)
        else:
            assert people >= least[kind] or people == largest[town[1]], (kind, town)
    universities = frame[frame["isced_level"] >= 6]
    assert len(universities) > 50
    assert (universities["people"] >= 20_000).mean() > 0.85
    # Nothing but the kind decides: every second school of the first level is where people live.
    assert frame[frame["isced_level"] <= 1]["people"].median() < universities["people"].median()


def test_german_university_towns_are_those_that_people_know() -> None:
    with (DATA / "university_towns_DE.csv").open(encoding="utf-8") as file:
        towns = {row["city"] for row in csv.DictReader(file)}
    assert {"Heidelberg", "Göttingen", "Tübingen", "Marburg", "Freiburg", "Jena", "Passau", "Berlin", "München"} <= {
        town.split(" ")[0] for town in towns
    }
    assert not towns & {"Gaimersheim", "Velburg", "Nohfelden", "Kall"}
