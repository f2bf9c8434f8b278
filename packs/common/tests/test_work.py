"""For whom people work: near home, in an industry that has the occupation, with colleagues; recomputed with pandas."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from places_support import COUNTRIES, rows_of

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic_pack_common import Company, Person
from datamimic_pack_common.places.catchment import greatest

ROWS = 20_000
MEDIAN_KM = {"US": (6, 20)}
"""Between which the median distance to work lies; elsewhere 0 to 14. 0 where large cities are one position of the table."""
POSITIONS = (
    "address.latitude", "address.longitude", "employer.address_data.latitude", "employer.address_data.longitude",
)  # fmt: skip
COLUMNS = [
    "employment", "occupation", "employer", "employer_name", "employer.full_name", "employer.industry_code", "employer.sector",
    *POSITIONS,
]  # fmt: skip


def kilometres(frame: object) -> np.ndarray:
    """By the haversine formula."""
    north, east, other_north, other_east = (
        np.radians(frame[name].to_numpy(dtype=float))  # type: ignore[index]
        for name in (
            "address.latitude",
            "address.longitude",
            "employer.address_data.latitude",
            "employer.address_data.longitude",
        )
    )
    square = np.sin((other_north - north) / 2) ** 2
    square += np.cos(north) * np.cos(other_north) * np.sin((other_east - east) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(square))


@pytest.mark.parametrize("country", COUNTRIES)
def test_people_work_near_home_in_an_industry_that_has_their_occupation(country: str) -> None:
    frame = World("work", country)[Person][0:ROWS].select(COLUMNS).to_pandas()
    employed = frame["employment"] == "employed"
    assert (frame["employer_name"].notna() == employed).all()
    hired = frame[frame["employer"].notna()]
    assert employed[hired.index].all()
    assert (hired["employer_name"] == hired["employer.full_name"]).all()
    assert 0.78 < len(hired) / employed.sum() < 0.95
    away = kilometres(hired)
    low, high = MEDIAN_KM.get(country, (0, 14))
    assert low <= np.median(away) <= high
    assert np.quantile(away, 0.9) < 75
    assert (away > 100).mean() < 0.06

    industries = defaultdict(set)
    for row in rows_of("occupation_industries"):
        industries[row["soc_code"]].add(row["industry"])
    codes = {row["occupation"]: row["soc_code"] for row in rows_of(f"occupations_{country}")}
    sections = {row["industry_code"]: row["section"] for row in rows_of(f"industries_{country}")}
    pairs = hired[["occupation", "employer.industry_code"]].drop_duplicates()
    for occupation, code in pairs.itertuples(index=False):
        assert any(code.startswith(each) or sections[code] == each for each in industries[codes[occupation]]), (
            occupation,
            code,
        )


@pytest.mark.parametrize("country", ["US", "DE", "VN"])
def test_colleagues_share_an_employer_the_more_the_larger_it_is(country: str) -> None:
    frame = World("work", country)[Person][0:ROWS].select(["employer", "employer.employees"]).to_pandas().dropna()
    size = frame.groupby("employer")["employer.employees"].agg(["size", "first"])
    assert (frame["employer"].map(size["size"]) > 1).mean() > 0.35
    large, small = size["size"][size["first"] >= 250].mean(), size["size"][size["first"] < 10].mean()
    assert large > 2 * small


def test_companies_that_people_refer_to_are_as_many_as_asked_for() -> None:
    world = World("work", "DE", sizes={"common.company": 300})
    keys = {row["employer"] for row in world[Person][0:2_000].select(["employer"]).to_arrow().to_pylist()} - {None}
    assert keys <= set(world[Company][0:300].select(["company_id"]).to_arrow()["company_id"].to_pylist())
    assert len(keys) > 150


@pytest.mark.parametrize("size", [1, 2, 40])
def test_a_world_of_few_companies_has_no_employers_of_other_industries(size: int) -> None:
    world = World("work", "US", sizes={"common.company": size})
    rows = world[Person][0:500].select(["employment", "employer", "employer_name"]).to_arrow().to_pylist()
    assert all(row["employer_name"] is None or row["employment"] == "employed" for row in rows)
    assert [each for each in check_rows(world[Person][0:500]) if each.violations] == []


def test_any_slice_has_the_same_employers() -> None:
    people = World("work", "FR")[Person]
    whole = people[0:3_000].select(["employer"]).to_arrow()["employer"].to_pylist()
    assert people[1_234:1_301].select(["employer"]).to_arrow()["employer"].to_pylist() == whole[1_234:1_301]


def test_checks_hold() -> None:
    found = check_rows(World("work", "GB")[Person][0:5_000])
    assert [each for each in found if each.violations] == []


def test_the_nearest_are_found_without_sorting_all_and_ties_go_to_the_first() -> None:
    made = np.random.default_rng(7)
    for size, values in ((5, 3), (40, 9), (200, 40), (200, 10**9)):
        pull = made.integers(0, values, (50, size)).astype(float)
        sorted_whole = np.argsort(-pull, axis=1, kind="stable")[:, :8]
        assert (greatest(pull, min(8, size)) == sorted_whole).all()


@pytest.mark.parametrize("country", COUNTRIES)
def test_nobodys_employer_depends_on_who_is_asked_for_with_them(country: str) -> None:
    count = 4_000
    rows, world = np.random.default_rng(5).permutation(count), World("work", country)
    expected = World("work", country)[Person].batch(np.arange(count)).column("employer_name").take(rows).tolist()
    for some, those in zip(np.array_split(rows, 7), np.array_split(np.array(expected, dtype=object), 7), strict=True):
        assert world[Person].batch(some).column("employer_name").tolist() == those.tolist()
