"""The matrix of dependencies: measures against SciPy and by hand, verdicts and their power, declarations, the page."""

from __future__ import annotations

import json
from math import log
from pathlib import Path
from typing import Any

import fleet
import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner

from datamimic import DatamimicError, DatasetSource, Pack, Registry, World, hookimpl
from datamimic.cli import main
from datamimic_report import assess, assess_pack, charts, render, render_pack
from datamimic_report.dependencies import measures
from datamimic_report.dependencies.calendars import judge_calendar
from datamimic_report.dependencies.columns import Columns
from datamimic_report.dependencies.declared import Calendar, Ends, Pair, Siblings, parse_matrices
from datamimic_report.dependencies.ends import judge_ends
from datamimic_report.dependencies.matrix import matrix_of
from datamimic_report.dependencies.pairs import judge
from datamimic_report.dependencies.siblings import judge_siblings

RANDOM = np.random.default_rng(5)


class Told(Columns):
    """Columns of a table that is there, instead of rows that are made."""

    def __init__(self, table: dict[str, Any], **derived: dict[str, Any]) -> None:
        self.table = pa.table(table)
        self.rows = self.table.num_rows
        self.derived = derived
        self._arrows, self._numbers, self._coded = {}, {}, {}


def pair(**given: Any) -> Pair:
    return Pair(**({"of": ["x", "y"], "measure": "spearman", "reason": "r"} | given))


def found(told: Pair, **table: Any) -> dict[str, Any]:
    return judge(told, Told(table))


# -- measures ------------------------------------------------------------------------------------------------------


def test_measures_are_those_of_the_textbook() -> None:
    table = np.array([[10.0, 20.0, 30.0], [6.0, 9.0, 17.0]])
    assert measures.cramers_v(table) == pytest.approx((0.27157465 / 92) ** 0.5)  # χ² by hand
    assert measures.cramers_v(np.diag([5.0, 7.0, 9.0])) == pytest.approx(1)
    assert measures.mutual_information(np.diag([5.0, 5.0])) == pytest.approx(log(2))
    assert measures.mutual_information(np.full((3, 4), 2.0)) == pytest.approx(0)
    algebra, geometry, statistics = [45, 70, 29, 15, 21], [40, 20, 30, 42], [65, 95, 80, 70, 85, 73]
    scores = np.array([*algebra, *geometry, *statistics], dtype=np.float64)
    assert measures.correlation_ratio(scores, np.repeat([0, 1, 2], [5, 4, 6])) ** 2 == pytest.approx(6780 / 9640)
    assert measures.auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1], dtype=np.bool_)) == pytest.approx(0.75)
    assert measures.auc(np.ones(4), np.array([0, 1, 0, 1], dtype=np.bool_)) == pytest.approx(0.5)
    one = np.array([[20.0, 80.0], [10.0, 90.0]])
    assert measures.rate_ratio([one]) == pytest.approx(2)
    two = [np.array([[81.0, 29.0], [28.0, 182.0]]), np.array([[118.0, 69.0], [97.0, 673.0]])]
    by_hand = (81 * 210 / 320 + 118 * 770 / 957) / (28 * 110 / 320 + 97 * 187 / 957)
    assert measures.rate_ratio(two) == pytest.approx(by_hand)
    assert measures.rate_ratio([np.array([[3.0, 97.0], [0.0, 100.0]])]) == pytest.approx(3.5 / 0.5)
    assert measures.ranks(np.array([30.0, 10.0, 30.0, 20.0])).tolist() == [3.5, 1, 3.5, 2]
    for constant in (measures.spearman(np.ones(5), np.arange(5.0)), measures.cramers_v(np.ones((1, 5)))):
        assert np.isnan(constant)


@pytest.mark.oracle("scipy")
def test_measures_agree_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is not installed")
    x, y = RANDOM.integers(0, 9, 500).astype(np.float64), RANDOM.normal(size=500)
    y += x / 5
    codes = x.astype(np.int64)
    table = measures.cross_table(codes, (y > 0).astype(np.int64))
    assert measures.spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic)
    assert measures.cramers_v(table) == pytest.approx(stats.contingency.association(table.astype(int), method="cramer"))
    expected = stats.entropy(table.ravel() / 500, np.outer(table.sum(1), table.sum(0)).ravel() / 500**2)
    assert measures.mutual_information(table) == pytest.approx(expected)
    groups = [y[codes == code] for code in range(9)]
    ranked = measures.MEASURES["rank_eta"](y, codes)
    assert ranked**2 * 499 == pytest.approx(stats.kruskal(*groups).statistic)
    hits = x > 4
    assert measures.auc(y, hits) == pytest.approx(
        stats.mannwhitneyu(y[hits], y[~hits]).statistic / (hits.sum() * (~hits).sum())
    )
    for freedom in (1, 2, 4, 40, 400):
        assert measures.chi_squared_quantile(freedom) == pytest.approx(stats.chi2.isf(1e-4, freedom), rel=0.03)


@pytest.mark.parametrize(
    "measure", ["spearman", "cramers_v", "eta", "rank_eta", "mutual_information", "auc", "rate_ratio"]
)
def test_independent_columns_stay_below_chance_and_what_depends_does_not(measure: str) -> None:
    how: dict[str, Any] = {"measure": measure, "kind": "independent", "most": 50 if measure == "rate_ratio" else 0.9}
    if measure in ("auc", "rate_ratio"):
        how["hit"] = ["1"]
    if measure == "rate_ratio":
        how["group"] = ["1"]
    for _ in range(60):
        first, second = RANDOM.integers(0, 2, 400), RANDOM.integers(0, 4, 400)
        texts = {"x": first.astype(str), "y": second if measure == "auc" else second.astype(str)}
        numbers = {"x": RANDOM.normal(size=400), "y": second.astype(str) if "eta" in measure else second}
        told = found(pair(**how), **(numbers if measure in ("spearman", "eta", "rank_eta") else texts))
        assert told["holds"]
        told_of_itself = abs(measures.effect(measure, told["found"]))
        assert told_of_itself <= abs(measures.effect(measure, told["chance"] + 0.5 * (measure == "auc")))


# -- verdicts ------------------------------------------------------------------------------------------------------


def test_a_pair_holds_fails_or_has_too_few_rows() -> None:
    x = RANDOM.normal(size=4_000)
    rises, noise = x + RANDOM.normal(size=4_000), RANDOM.normal(size=4_000)
    positive = pair(direction="+", least=0.4)
    assert found(positive, x=x, y=rises)["state"] == "holds"
    assert found(positive, x=x, y=-rises)["state"] == found(positive, x=x, y=noise)["state"] == "fails"
    assert found(positive, x=x[:60], y=rises[:60])["state"] == "too few"
    assert found(pair(direction="-", least=0.4), x=x, y=-rises)["state"] == "holds"
    free = pair(kind="independent", most=0.1)
    assert [found(free, x=x, y=each)["state"] for each in (noise, rises)] == ["holds", "fails"]
    assert found(free, x=x[:300], y=noise[:300])["state"] == "too few", "what is not seen may be there"
    assert found(pair(direction="+", least=0.2), x=x, y=np.ones(4_000))["state"] == "fails", (
        "a constant depends on nothing"
    )


def test_a_known_gap_must_fail_and_what_is_mended_says_so() -> None:
    x = RANDOM.normal(size=4_000)
    gap = pair(direction="+", least=0.4, falls_short="finding 7")
    assert found(gap, x=x, y=RANDOM.normal(size=4_000))["state"] == "gap"
    assert found(gap, x=x, y=x)["state"] == "mended"


def test_within_a_third_column_what_only_it_explains_is_gone() -> None:
    age = RANDOM.integers(0, 3, 6_000)
    x, y = age + RANDOM.normal(size=6_000), age + RANDOM.normal(size=6_000)
    assert found(pair(kind="independent"), x=x, y=y, z=age)["state"] == "fails"
    assert found(pair(kind="independent", given="z"), x=x, y=y, z=age)["state"] == "holds"
    assert found(pair(kind="independent", given="z", bands={"z": [0, 1, 2]}), x=x, y=y, z=age)["state"] == "holds"


def test_orders_bands_conditions_and_groups() -> None:
    x = np.repeat(["low", "high", "middle"], 400)
    y = np.repeat([1.0, 3.0, 2.0], 400) + RANDOM.normal(size=1_200) / 10
    ordered = pair(direction="+", least=0.8, order={"x": ["low", "middle", "high"]})
    assert found(ordered, x=x, y=y)["found"] > 0.9
    assert found(pair(measure="rank_eta", least=0.8), x=x, y=y)["holds"], "the column of numbers may be either"
    assert found(pair(measure="cramers_v", least=0.6, bands={"y": [0, 1.5, 2.5]}), x=x, y=y)["found"] > 0.99
    some = found(
        ordered.__class__(of=["x", "y"], measure="rank_eta", least=0.5, where={"y": [2.5, 9]}, reason="r"), x=x, y=y
    )
    assert some["rows"] == 400 and some["detail"] == "y 2.5 to 9"
    rate = pair(measure="rate_ratio", hit=["high"], group=[2.5, 9.0], direction="+", least=5, against=[0, 1.5])
    assert found(rate, x=x, y=y)["found"] == pytest.approx(801, rel=0.2)
    means = found(pair(direction="+", least=0.5, per="k"), x=y, y=y, k=np.repeat(np.arange(300), 4))
    assert means["rows"] == 300


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"of": ["x"]}, "two columns"),
        ({"least": None}, "least"),
        ({"least": 0.1}, "direction"),
        ({"least": 0.1, "measure": "eta", "direction": "+"}, "no direction"),
        ({"least": 0.1, "measure": "auc", "direction": "+"}, "hit"),
        ({"least": 2, "measure": "rate_ratio", "direction": "+", "hit": ["a"]}, "group"),
        ({"measure": "pearson", "least": 0.1}, "pearson"),
        ({"nonsense": 1, "least": 0.1}, "nonsense"),
        ({"reason": "", "least": 0.1, "direction": "+"}, "source or a reason"),
    ],
)
def test_declarations_that_cannot_be_read_say_why(given: dict[str, Any], says: str) -> None:
    told = {"of": ["x", "y"], "measure": "spearman", "reason": "r"} | given
    line = ", ".join(f"{name} = {json.dumps(value)}" for name, value in told.items() if value is not None)
    with pytest.raises(DatamimicError, match=says) as caught:
        parse_matrices(f'[[matrix]]\nentity = "e"\npairs = [ {{ {line} }} ]', "a pack")
    assert caught.value.code == "bad_catalog"


# -- ends, calendars, siblings ---------------------------------------------------------------------------------------


def test_a_spike_at_an_end_is_seen_and_a_slope_is_not() -> None:
    slope = np.minimum(RANDOM.exponential(9, 9_000), 80) + 18
    clipped = np.where(RANDOM.random(9_000) < 0.1, 18, slope)
    ends = Ends(of="age", reason="r")
    assert judge_ends(ends, Told({"age": slope}))["state"] == "holds"
    told = judge_ends(ends, Told({"age": clipped}))
    assert told["state"] == "fails" and not told["first"]["holds"] and told["last"]["holds"]
    days = np.datetime64("2026-01-01") - RANDOM.integers(0, 900, 9_000).astype("timedelta64[D]")
    late = np.where(RANDOM.random(9_000) < 0.05, np.datetime64("2026-01-01"), days)
    assert [judge_ends(ends, Told({"age": each}))["state"] for each in (days, late)] == ["holds", "fails"]
    assert judge_ends(ends, Told({"age": np.arange(9_000) % 4}))["holds"] is None


def test_calendars_are_local() -> None:
    noon = np.datetime64("2026-01-05T17:00", "us") + np.arange(700) * np.timedelta64(1, "D")
    zones = ["America/New_York", "Europe/Berlin"] * 350
    columns = Told({"at": noon, "zone": zones})

    def state(**given: Any) -> str:
        told = judge_calendar(Calendar(of="at", reason="r", **given), columns)
        assert sum(each["share"] for each in told["profile"]) == pytest.approx(float(bool(told["profile"])))
        return str(told["state"])

    assert state(part="hour", values=[17, 17], least=1.0) == "holds"
    assert state(part="hour", values=[12, 13], least=1.0, zone="America/New_York") == "holds"
    assert state(part="hour", values=[18, 19], least=0.5, most=0.5, zone="zone") == "holds"
    assert state(part="hour", values=[22, 14], most=0.4, zone="zone") == "fails"
    assert state(part="weekday", values=[6, 7], most=0.2) == "fails"
    assert state(part="weekday", values=[6, 7], least=0.28, most=0.29) == "holds"
    assert state(part="date", values=["12-25"], most=0.0) == "fails"
    assert state(part="month", values=[13, 13], most=0.0, falls_short="one") == "mended"


def test_rules_of_siblings() -> None:
    def share(rule: str, table: dict[str, Any], **given: Any) -> float:
        told = Siblings(rule=rule, same=["k"], sentence="s", reason="r", **given)
        return float(judge_siblings(told, Told(table), None, None)["found"])  # type: ignore[arg-type]

    spans = {"k": ["a", "a", "a", "b"], "from": [1, 5, 10, 1], "to": [6, 8, 12, None]}
    assert share("overlap", spans, span=["from", "to"]) == 0.5
    assert share("overlap", {**spans, "to": [5, 8, 12, None]}, span=["from", "to"]) == 0
    stock = {
        "k": ["a", "b", "a", "a"],
        "t": [1, 1, 3, 2],
        "before": [9, 5, 7, 8],
        "after": [8, 4, 6, 7],
        "n": [3, 2, 3, 3],
    }
    carried = {"order": "t", "before": "before", "after": "after", "all": "n"}
    assert share("carried", stock, **carried) == 0
    assert share("carried", {**stock, "before": [9, 5, 6, 8]}, **carried) == 0.5
    assert share("accompanied", {"k": ["a", "a", "b"], "d": [1, 0, 1]}, where={"d": [1, 1]}) == 0.5
    assert share("agreed", {"k": ["a", "b", "a", "b"], "d": [1, 2, 3, 2]}, fields=["d"]) == 0.25


# -- a pack ---------------------------------------------------------------------------------------------------------

MATRIX = """
[[matrix]]
entity = "vehicle"
rows = 3_000
derived.much = { has = "label", prefix = ["A"] }
pairs = [
  { of = ["load", "kilometres"], measure = "spearman", kind = "independent", most = 0.5, reason = "vans <of all> kinds" },
  { of = ["load", "kilometres"], measure = "spearman", least = 0.5, direction = "+", source = "s", falls_short = "not so" },
  { of = ["load", "electric"], measure = "rank_eta", least = 0.9, countries = ["DE"], reason = "elsewhere" },
]
"""


def packs_with(tmp_path: Path, text: str) -> Registry:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "dependencies.toml").write_text(text, encoding="utf-8")

    class Figures:
        @hookimpl
        def datamimic_pack(self) -> Pack:
            return Pack("figures", "1.0.0", "A matrix of the fleet")

        @hookimpl
        def datamimic_datasets(self) -> list[DatasetSource]:
            return [DatasetSource("fleet", tmp_path, "data")]

    return Registry.of(fleet, Figures())


def test_a_report_shows_the_matrix_of_the_entity_and_of_its_pack(tmp_path: Path) -> None:
    world = World("demo", "US", packs=packs_with(tmp_path, MATRIX))
    report = assess(world["fleet.vehicle"][0:3_000])
    assert [each["state"] for each in report["dependencies"]["pairs"]] == ["holds", "gap"]
    assert report["verdict"]["holds"] and report["verdict"]["gaps"] == 1
    page = render(report)
    assert "vans &lt;of all&gt; kinds" in page and "not so" in page and 'class="heat"' in page
    whole = assess_pack(world, "fleet", 3_000)
    assert set(whole["entities"]) >= {"vehicle"} and whole["verdict"]["gaps"] == 1
    assert render_pack(whole) == render_pack(assess_pack(world, "fleet", 3_000))
    json.dumps([report["dependencies"], whole], allow_nan=False)
    (tmp_path / "data" / "dependencies.toml").write_text(MATRIX.replace(', falls_short = "not so"', ""))
    failed = assess(world["fleet.vehicle"][0:3_000])
    assert not failed["verdict"]["holds"] and "fails" in render(failed)


def test_columns_that_are_not_are_named(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, MATRIX.replace('"load", "kilometres"', '"lod", "kilometres"'))
    with pytest.raises(DatamimicError, match="lod"):
        matrix_of(World("demo", "US", packs=packs)["fleet.vehicle"][0:30])
    packs = packs_with(tmp_path, MATRIX.replace('{ has = "label"', '{ heap = "label"').replace('"electric"', '"much"'))
    with pytest.raises(DatamimicError, match="derives"):
        matrix_of(World("demo", "DE", packs=packs)["fleet.vehicle"][0:30])


def test_the_command_prints_json_of_an_entity_and_of_a_pack() -> None:
    for asked, key in (("common.city", "dependencies"), ("common", "entities")):
        done = CliRunner().invoke(main, ["report", asked, "-n", "300", "--json"])
        assert key in json.loads(done.stdout), done.output
    assert CliRunner().invoke(main, ["report", "common.city"]).exit_code == 2


def test_a_grid_shows_what_most_needs_to_be_seen() -> None:
    told = {"measure": "eta", "expected": "", "detail": "", "found": 0.5, "strength": 0.5}
    pairs = [
        told | {"of": ["a", "x"], "state": "holds"},
        told | {"of": ["a", "x"], "state": "gap", "found": 0.01, "strength": 0.01},
        told | {"of": ["b", "y"], "state": "fails", "strength": -0.7, "found": -0.7},
    ]
    grid = charts.heat(pairs)
    assert [row["name"] for row in grid["rows"]] == ["a", "b"] and grid["columns"] == ["x", "y"]
    [a, b] = [row["cells"] for row in grid["rows"]]
    assert a[0]["looks"] == "warm-0 gap" and a[1] is None
    assert b[1]["looks"] == "warm-n4 fails" and b[1]["text"] == "-0.70"
