"""Each measure on planted cases: what is planted is found at its count, what is independent is not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from planted import nearly, people

from datamimic_learning import PrivacyOptions, measure_privacy
from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.records.nearest import closest, nearest, nearest_without
from datamimic_learning.privacy.records.space import Records, Space, encode

REAL, OTHER, FRESH = people(800, 1), people(800, 2, first=801), people(800, 3, first=1601)
ASKED = PrivacyOptions(quasi=("age", "city"), sensitive=("income", "smokes"), targets=400)


def measured(
    copy: pa.Table, holdout: pa.Table | None = OTHER, asked: PrivacyOptions = ASKED
) -> dict[str, dict[str, Any]]:
    [table] = measure_privacy(REAL, copy, holdout, asked=asked)["tables"]
    return {each["name"]: each for each in table["measures"]}


def one_column_off(table: pa.Table) -> pa.Table:
    place = table.column_names.index("rent")
    return table.set_column(place, "rent", pa.array(np.asarray(table["rent"]) + 10_000))


def test_copies_are_found_at_their_counts() -> None:
    copy = pa.concat_tables([FRESH.slice(0, 300), REAL.slice(100, 37), one_column_off(REAL.slice(300, 21))])
    found = measured(copy)
    assert (found["exact_copies"]["told"]["found"], found["exact_copies"]["told"]["rows"]) == (37, 358)
    assert found["near_copies"]["told"]["found"] == 21
    assert found["exact_copies"]["state"] == "fail" and found["near_copies"]["state"] == "fail"
    assert found["recurring_values"]["told"]["columns"][0]["recurring"] == 37 + 21


def test_one_copied_row_is_enough_for_a_warning() -> None:
    found = measured(pa.concat_tables([FRESH, REAL.slice(5, 1)]))["exact_copies"]
    assert found["told"]["found"] == 1 and found["state"] == "warn"


def test_where_chance_makes_copies_only_more_of_them_count() -> None:
    """Two categories and a bit: everybody is like somebody."""
    columns = ["city", "smokes"]
    [table] = measure_privacy(REAL.select(columns), FRESH.select(columns), OTHER.select(columns))["tables"]
    found = next(each for each in table["measures"] if each["name"] == "exact_copies")
    assert found["told"]["found"] > 790 and found["state"] == "pass"


def test_a_column_that_is_kept_as_it_is_fails_in_a_copy_that_is_independent_else() -> None:
    kept = FRESH.set_column(FRESH.column_names.index("income"), "income", REAL["income"])
    found = measured(kept)["kept_columns"]
    assert found["state"] == "fail" and found["told"]["columns"][0]["column"] == "income", found
    assert measured(kept, None)["kept_columns"]["state"] == "not measured"


def test_an_independent_copy_passes_everything() -> None:
    found = measured(FRESH)
    judged = {name: each["state"] for name, each in found.items() if each["state"] not in ("told", "not measured")}
    assert set(judged.values()) == {"pass"} and len(judged) == 12, judged
    assert found["dcr_share"]["low"] < 0.5 < found["dcr_share"]["high"]
    assert found["membership"]["low"] < 0.5 < found["membership"]["high"]
    assert found["dcr_close"]["low"] < 0.05 < found["dcr_close"]["high"]


def test_a_generator_that_remembers_is_caught_though_it_copies_no_row() -> None:
    found = measured(nearly(REAL, 4))
    assert found["exact_copies"]["told"]["found"] == 0
    for name in ("dcr_share", "dcr_close", "nndr_close", "singling_out", "membership", "linkability"):
        assert found[name]["state"] == "fail", name
    assert found["dcr_share"]["value"] > 0.98 and found["membership"]["value"] > 0.95


def test_without_another_half_distances_still_tell_and_attacks_say_what_they_need() -> None:
    found = measured(nearly(REAL, 4), None)
    assert found["dcr_close"]["state"] == "fail" and found["nndr_close"]["state"] == "fail"
    for name in ("dcr_share", "membership", "attribute_inference", "singling_out", "linkability"):
        assert found[name]["state"] == "not measured" and "--holdout" in found[name]["reason"]
    assert measured(FRESH, None)["dcr_close"]["state"] == "pass"


def test_a_share_of_remembered_rows_moves_the_distance_share_as_much() -> None:
    """A fifth is remembered: 0.5 x 0.8 + 1 x 0.2."""
    found = measured(pa.concat_tables([FRESH.slice(0, 640), nearly(REAL.slice(0, 160), 4)]))["dcr_share"]
    assert found["low"] < 0.6 < found["high"] and found["state"] == "warn"


def test_a_secret_that_only_the_original_tells_is_guessed_from_a_copy_of_it_and_not_from_another() -> None:
    rng = np.random.default_rng(9)

    def with_secret(table: pa.Table) -> pa.Table:
        return table.append_column("secret", pa.array([f"s{each}" for each in rng.integers(0, 50, table.num_rows)]))

    real, other, fresh = map(with_secret, (REAL, OTHER, FRESH))
    asked = PrivacyOptions(sensitive=("secret",), targets=400)
    states = {}
    for name, copy in (("remembered", nearly(real, 4)), ("fresh", fresh)):
        [table] = measure_privacy(real, copy, other, asked=asked)["tables"]
        found = next(each for each in table["measures"] if each["name"] == "attribute_inference")
        states[name] = found["state"], found["told"]["columns"][0]
    assert states["remembered"][0] == "fail" and states["remembered"][1]["right"] > 0.9
    assert states["fresh"][0] == "pass" and states["fresh"][1]["right"] < 0.06
    assert states["fresh"][1]["most_frequent"] < 0.08


def test_groups_are_those_that_counting_by_hand_finds() -> None:
    table = pa.table(
        {
            "zone": list("AAAAAABBBBCCCC"),
            "band": [1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 3, 3, 3, 3],
            "illness": [
                "flu",
                "flu",
                "cold",
                "flu",
                "cold",
                "gout",
                "flu",
                "flu",
                "flu",
                "flu",
                "cold",
                "gout",
                "gout",
                None,
            ],
            "pay": [3, 4, 5, 6, 11, 8, 7, 9, 10, 3, 3, 3, 3, 3],
        }
    )
    asked = PrivacyOptions(quasi=("zone", "band"), sensitive=("illness", "pay"))
    [report] = measure_privacy(table, table, asked=asked)["tables"]
    found = {each["name"]: each for each in report["measures"]}
    assert found["k_anonymity"]["value"] == 3
    assert found["k_anonymity"]["told"]["classes"] == 4 and found["k_anonymity"]["told"]["rows_below_five"] == 14
    assert found["l_diversity"]["value"] == 1, "B, 1 has flu alone; C, 3 earns 3 alone"
    told = {each["column"]: each for each in found["t_closeness"]["told"]["columns"]}
    assert told["illness"]["distance"] == pytest.approx(_farthest(table, "illness", ordered=False))
    assert told["pay"]["distance"] == pytest.approx(_farthest(table, "pay", ordered=True))


def _farthest(table: pa.Table, column: str, *, ordered: bool) -> float:
    """The definition, class by class, in plain Python."""
    rows = table.to_pylist()
    values = sorted({each[column] for each in rows}, key=lambda each: (each is None, each))
    overall = Counter(each[column] for each in rows)
    most = 0.0
    for group in {(each["zone"], each["band"]) for each in rows}:
        own = Counter(each[column] for each in rows if (each["zone"], each["band"]) == group)
        off = [own[value] / own.total() - overall[value] / overall.total() for value in values]
        if ordered:
            most = max(most, float(np.abs(np.cumsum(off))[:-1].sum() / (len(values) - 1)))
        else:
            most = max(most, sum(map(abs, off)) / 2)
    return most


def test_limits_of_groups_are_judged_where_they_are_set() -> None:
    from datamimic_learning.privacy.judging import limits_from

    limits = limits_from(["k_anonymity=5,2", "t_closeness=0.2"])
    found = measured(FRESH, None, PrivacyOptions(quasi=("age", "city"), sensitive=("smokes",), limits=limits))
    assert found["k_anonymity"]["value"] == 1 and found["k_anonymity"]["state"] == "fail"
    assert found["t_closeness"]["state"] == "fail" and found["l_diversity"]["state"] == "told"
    found = measured(FRESH, None, PrivacyOptions(quasi=("smokes",), sensitive=("city",), limits=limits))
    assert found["k_anonymity"]["state"] == "pass" and found["t_closeness"]["state"] == "pass"


def test_rows_that_lead_to_one_row_of_another_output_are_counted_and_a_key_tells_which_are_right() -> None:
    one = pa.table({"person": [1, 2, 3, 4, 5, 6], "age": [30, 31, 32, 33, 34, 34], "city": list("aabbcc")})
    two = pa.table({"person": [1, 2, 4, 9, 5, 7], "age": [30, 31, 33, 32, 34, 35], "city": list("aabbcc")})
    found = []
    for key in ("person", None):
        asked = PrivacyOptions(on=("age", "city"), key=key)
        [table] = measure_privacy(one, one, linked=two, asked=asked)["tables"]
        found.append(next(each for each in table["measures"] if each["name"] == "linkage_across"))
    assert found[0]["told"] == {"on": ["age", "city"], "key": "person", "matched": 4, "right": 3, "rows": 6}
    assert found[0]["value"] == 3 / 6 and found[1]["value"] == 4 / 6


def _spaces() -> tuple[Space, Records, Records]:
    space, records = encode({"real": REAL.slice(0, 90), "copy": FRESH.slice(0, 60)}, ["real"])
    columns = space.compared
    return space.select(columns), records["real"].select(columns), records["copy"].select(columns)


def _all_pairs(space: Space, queries: Records, rows: Records) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The definition, pair by pair."""
    found = np.zeros((queries.rows, rows.rows))
    for place, dimension in enumerate(space.dimensions):
        for one in range(queries.rows):
            for other in range(rows.rows):
                first, second = int(queries.places[place][one]), int(rows.places[place][other])
                same = queries.codes[place][one] == rows.codes[place][other]
                null = dimension.missing in (queries.codes[place][one], rows.codes[place][other])
                if not dimension.is_number or null:
                    found[one, other] += not same
                else:
                    found[one, other] += abs(first - second) / space.steps
    return found / len(space.dimensions)


def test_the_nearest_are_those_of_all_pairs() -> None:
    space, real, copy = _spaces()
    assert [each.name for each in space.dimensions] == ["age", "city", "smokes", "income", "rent", "visits"]
    pairs = _all_pairs(space, copy, real)
    found = nearest(space, copy, real)
    ordered = np.sort(pairs, axis=1)
    assert found.first == pytest.approx(ordered[:, 0]) and found.second == pytest.approx(ordered[:, 1])
    assert np.array_equal(found.row, pairs.argmin(axis=1))
    own = nearest(space, real, real, leave=np.arange(real.rows))
    among = _all_pairs(space, real, real)
    np.fill_diagonal(among, 9.0)
    assert own.first == pytest.approx(among.min(axis=1))
    without = nearest_without(space, copy, real, [1, 3])
    rest = space.select([0, 2, 3, 4, 5])
    less = _all_pairs(rest, copy.select([0, 2, 3, 4, 5]), real.select([0, 2, 3, 4, 5]))
    assert np.array_equal(without[0], np.round(less, 9).argmin(axis=1))
    ten = closest(space, copy, real, 10)
    assert np.sort(np.take_along_axis(pairs, ten, axis=1), axis=1) == pytest.approx(ordered[:, :10])


def test_the_nearest_are_those_of_scikit_learn() -> None:
    neighbours = pytest.importorskip("sklearn.neighbors", reason="scikit-learn is not installed")
    space, real, copy = _spaces()
    kept = [place for place, each in enumerate(space.dimensions) if each.is_number and each.missing < 0]
    numbers = [np.array([each[place] for place in kept], dtype=float).T for each in (real.places, copy.places)]
    fitted = neighbours.NearestNeighbors(n_neighbors=2, metric="manhattan", algorithm="brute").fit(numbers[0])
    distances, _ = fitted.kneighbors(numbers[1])
    found = nearest(space.select(kept), copy.select(kept), real.select(kept))
    assert np.column_stack((found.first, found.second)) == pytest.approx(distances / space.steps / len(kept))


def test_groups_are_those_of_pycanon() -> None:
    anonymity = pytest.importorskip("pycanon.anonymity", reason="pyCANON is not installed")
    quasi, frame = ["age", "city"], FRESH.select(["age", "city", "income", "smokes"]).to_pandas()
    found = measured(FRESH, None)
    told = {each["column"]: each for each in found["t_closeness"]["told"]["columns"]}
    assert found["k_anonymity"]["value"] == anonymity.k_anonymity(frame, quasi)
    assert told["income"]["distinct"] == anonymity.l_diversity(frame, quasi, ["income"])
    assert told["income"]["distance"] == pytest.approx(anonymity.t_closeness(frame, quasi, ["income"]))


def test_what_is_the_same_is_so_in_every_type_that_a_file_gives_it() -> None:
    typed = pa.table(
        {
            "born": [date(1980, 1, 2), None, date(1999, 12, 31)],
            "zip": ["01067", "10115", None],
            "paid": [1.5, 20.0, None],
            "big": [2**62, 2**62 + 1, 5],
        }
    )
    text = pa.table(
        {
            "born": ["1980-01-02", "", "1999-12-31"],
            "zip": ["01067", "10115", None],
            "paid": ["1.50", "20", ""],
            "big": [str(2**62), str(2**62 + 1), "5"],
        }
    )
    space, records = encode({"real": typed, "copy": text}, ["real"])
    for real, copy in zip(records["real"].codes, records["copy"].codes, strict=True):
        assert np.array_equal(real, copy)
    assert [each.is_number for each in space.dimensions] == [True, False, True, False]
    assert len(set(records["real"].codes[3].tolist())) == 3, "whole numbers beyond what floats tell apart"


def test_intervals_are_the_published_ones() -> None:
    assert intervals.share(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert intervals.difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4), "Newcombe's example (a)"
    low, high = intervals.area(0.8, 50, 60)
    assert (low, high) == pytest.approx((0.7147, 0.8853), abs=2e-3)
    wide = intervals.share(8, 10, of=12)
    assert wide.low < 0.4901 and wide.high > 0.9434
    value, interval = intervals.risk(60, 100, 20, 100)
    assert value == pytest.approx(0.5) and interval.low < 0.5 < interval.high
