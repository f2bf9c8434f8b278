"""Private rows: nothing of a single person comes through, the budget sums, and what many share does come through."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from planted import CITIES, people

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import PrivacyOptions, measure_privacy, open_sample
from datamimic_learning.privacy.noise.domains import Domain, read_domains
from datamimic_learning.privacy.noise.ledger import Ledger
from datamimic_learning.privacy.noise.network import onto_simplex
from datamimic_learning.privacy.noise.private_rows import private_rows
from datamimic_learning.privacy.noise.private_sample import private_sample
from datamimic_learning.privacy.noise.statistics import NoisedStatistics
from datamimic_learning.quality.budgets import utility_curve
from datamimic_learning.quality.resemblance import resemblance
from datamimic_models import Model

pytest.importorskip("opendp", reason="the extra [privacy] is not installed")

ROWS = 10_000
REAL = people(ROWS, 1).drop_columns(["id"])
DELTA = 1e-6
PUBLIC = {"age": Domain(bounds=(18, 90)), "city": Domain(values=CITIES), "email": Domain(key=True)}


def private(table: pa.Table, epsilon: float, **domains: Domain) -> tuple[pa.Table, Ledger]:
    ledger = Ledger.opened(epsilon, DELTA)
    return private_rows(table, NoisedStatistics(ledger), {"email": Domain(key=True)} | domains), ledger


def test_nothing_that_is_rare_comes_through() -> None:
    """Every city that one person alone lives in, every e-mail and every amount is searched for."""
    rare = [f"Nowhere {number}" for number in range(200)]
    cities = [*rare, *REAL["city"].to_pylist()[200:]]
    income = np.asarray(REAL["income"]).copy()
    income[:5] = [91_234_567.89, 81_234_567.89, 71_234_567.89, -61_234_567.89, 51_234_567.89]
    planted = REAL.set_column(1 + 1, "city", pa.array(cities)).set_column(4, "income", pa.array(income))
    assert planted.column_names == REAL.column_names
    found, ledger = private(planted, 10.0)
    told = json.dumps(found.to_pylist()) + json.dumps(ledger.to_dict())
    assert "Nowhere" not in told and "example.org" not in told and "1234567" not in told
    values = {str(each) for each in np.asarray(REAL["income"])}
    kept = sum(str(each) in values for each in found["income"].to_pylist())
    fresh = {str(each) for each in np.asarray(people(ROWS, 2)["income"])}
    assert kept <= 1.2 * sum(str(each) in fresh for each in found["income"].to_pylist()) + 100, "as often as anybody's"
    assert set(found["city"].to_pylist()) <= {*CITIES, None} and pc.count_distinct(found["city"]).as_py() >= 5


def test_the_budget_is_spent_to_its_end_and_never_beyond() -> None:
    for epsilon in (0.1, 1.0, 7.3):
        _, ledger = private(REAL, epsilon)
        assert ledger.spent == Fraction(epsilon) and ledger.spent_delta <= Fraction(DELTA)
        assert set(ledger.by_column()) == {None, "age", "city", "smokes", "income", "rent", "visits"}
        assert sum(ledger.by_column().values()) == pytest.approx(epsilon)


def test_what_many_share_comes_through_better_the_larger_the_budget() -> None:
    """The other half resembles the originals by 0.99 and 0.98, a copy without dependence by less in pairs."""
    curve = utility_curve(
        REAL, DELTA, {"email": Domain(key=True)}, holdout=people(ROWS, 2).drop_columns(["id"]), epsilons=(0.1, 3.0)
    )
    small, large = curve
    assert large["shapes"] > 0.9 and large["pairs"] > 0.9
    assert small["shapes"] < large["shapes"] <= large["ceiling_shapes"] + 0.01
    found, _ = private(REAL, 3.0)
    known = np.corrcoef(np.asarray(REAL["age"]), np.asarray(REAL["income"]))[0, 1]
    there = found.filter(pc.is_valid(found["age"])).filter(
        pc.is_valid(found.filter(pc.is_valid(found["age"]))["income"])
    )
    assert abs(np.corrcoef(np.asarray(there["age"]), np.asarray(there["income"]))[0, 1] - known) < 0.15
    assert found.schema.types == REAL.schema.types and abs(found.num_rows - ROWS) < 2_000


def test_attacks_on_private_rows_gain_nothing() -> None:
    real, other = people(1_000, 1), people(1_000, 2, first=1_001)
    found = private_rows(real, NoisedStatistics(Ledger.opened(1.0)), PUBLIC | {"id": Domain(key=True)})
    [table] = measure_privacy(real, found, other, asked=PrivacyOptions(quasi=(), left_out=("id",), targets=300))[
        "tables"
    ]
    assert table["verdict"]["failed"] == []


def test_public_domains_cost_nothing_and_need_no_delta() -> None:
    ledger = Ledger.opened(1.0)
    table = REAL.select(["age", "city", "smokes", "email"])
    found = private_rows(table, NoisedStatistics(ledger), PUBLIC)
    assert {each.statistic.split(" by ")[0] for each in ledger.entries} == {
        "row count",
        "quantiles",
        "parents",
        "counts",
    }
    assert not [each for each in ledger.entries if each.column == "city" and not each.statistic.startswith("counts")]
    assert found["email"].to_pylist()[:2] == ["email-1", "email-2"]
    with pytest.raises(DatamimicError) as refused:
        private_rows(table, NoisedStatistics(Ledger.opened(1.0)), {"email": Domain(key=True)})
    assert refused.value.code == "learning.needs_delta" and "city" in refused.value.message


def test_dates_point_masses_and_nulls_keep_their_shapes() -> None:
    rng = np.random.default_rng(3)
    days = [date(2020, 1, 1) + timedelta(days=int(each)) for each in rng.integers(0, 1_000, ROWS)]
    debt = np.where(rng.random(ROWS) < 0.6, 0.0, np.round(rng.exponential(900, ROWS), 2))
    table = pa.table(
        {"day": days, "debt": pa.array(debt, mask=rng.random(ROWS) < 0.2), "nothing": pa.nulls(ROWS, pa.float64())}
    )
    domains = {"debt": Domain(bounds=(0, 20_000)), "nothing": Domain(bounds=(0, 1))}
    found = private_rows(table, NoisedStatistics(Ledger.opened(5.0)), domains)
    drawn = found["debt"].drop_null().to_numpy()
    assert abs((drawn == 0).mean() - 0.6) < 0.08 and abs(found["debt"].null_count / found.num_rows - 0.2) < 0.03
    assert pa.types.is_date(found.schema.field("day").type)
    middle = np.median([each.toordinal() for each in found["day"].drop_null().to_pylist()])
    assert abs(middle - date(2021, 5, 15).toordinal()) < 60
    assert found["nothing"].null_count > 0.9 * found.num_rows


def test_tables_share_one_budget_and_the_sample_says_that_it_is_not_to_be_had_again() -> None:
    sample = open_sample(REAL.slice(0, 500))
    made = private_sample(sample, 1.0, DELTA, {"frame.email": Domain(key=True)}, rows_per_person=2)
    told = made.to_dict()
    assert told["epsilon"] == 1.0 and told["delta"] == pytest.approx(DELTA) and told["reproducible"] is False
    [ledger] = made.ledgers.values()
    assert ledger.entries[0].scale == pytest.approx(2 / float(ledger.entries[0].epsilon))
    assert made.sample.table.read().schema.names == REAL.column_names
    again = private_sample(sample, 1.0, DELTA, {"email": Domain(key=True)}, rows_per_person=2)
    assert not made.sample.table.read().equals(again.sample.table.read())
    for domains, per_person, code in (
        ({"years": Domain(key=True)}, 1, "learning.bad_domains"),
        ({}, 0, "learning.bad_budget"),
    ):
        with pytest.raises(DatamimicError) as refused:
            private_sample(sample, 1.0, DELTA, domains, per_person)
        assert refused.value.code == code


def test_a_model_tells_what_each_column_cost_and_nothing_raw(tmp_path: Path) -> None:
    """The sums are the budget, in the file, beside it and on the screen; no value that one row has is in any of them."""
    marked = [f"only-{number}@example.org" for number in range(2_000)]
    rows = REAL.slice(0, 2_000).set_column(REAL.column_names.index("email"), "email", pa.array(marked))
    pq.write_table(rows, tmp_path / "real.parquet")
    (tmp_path / "domains.yaml").write_text("email: key\nage: {from: 18, to: 90}\n", encoding="utf-8")
    asked = [
        "learn",
        str(tmp_path / "real.parquet"),
        "-o",
        str(tmp_path / "made.yaml"),
        "--epsilon",
        "2",
        "--delta",
        "1e-6",
    ]
    done = CliRunner().invoke(main, [*asked, "--domains", str(tmp_path / "domains.yaml")])
    assert done.exit_code == 0, done.output
    with (tmp_path / "made" / "_budget.csv").open(encoding="utf-8", newline="") as stream:
        lines = [*csv.DictReader(stream)]
    assert sum(float(each["epsilon"]) for each in lines) == pytest.approx(2)
    assert {each["column"] for each in lines} == {"", "age", "city", "smokes", "income", "rent", "visits"}
    text = (tmp_path / "made.yaml").read_text("utf-8")
    for told in (text, done.output):
        assert "real, sum" in told and "ε 2, δ 1e-06" in told and "real.income" in told
    whole = text + done.output + "".join(each.read_text("utf-8") for each in (tmp_path / "made").iterdir())
    assert "only-" not in whole and Model.load(tmp_path / "made.yaml").tables
    incomes = {f"{each:.2f}" for each in np.asarray(rows["income"])}
    fresh = {f"{each:.2f}" for each in np.asarray(people(2_000, 9)["income"])}
    there = set(re.findall(r"[0-9]+[.][0-9]{2}(?![0-9])", whole))
    assert len(there & incomes) <= len(there & fresh) + 0.1 * len(there) + 5, "as often as anybody's"


def test_few_rows_under_a_small_budget_are_noise_and_no_fault() -> None:
    """The noised number of rows may be 0 or below; whether there are rows is not told by that."""
    table = pa.table({"n": [1, 2, 3], "t": [True, False, None]})
    for _ in range(20):
        made = private_rows(table, NoisedStatistics(Ledger.opened(0.05)), {"n": Domain(bounds=(0, 9))})
        assert made.num_rows >= 1 and made.schema.types == table.schema.types


def test_domains_are_read_and_refused(tmp_path: Path) -> None:
    place = tmp_path / "domains.yaml"
    place.write_text("city: [Bonn, Essen]\nage: {from: 0, to: 120}\nid: key\nsmokes: [true, false]\n", encoding="utf-8")
    assert read_domains(place) == {
        "city": Domain(values=("Bonn", "Essen")),
        "age": Domain(bounds=(0.0, 120.0)),
        "id": Domain(key=True),
        "smokes": Domain(values=("true", "false")),
    }
    for text in (
        "- a",
        "age: {from: 5, to: 5}",
        "age: {from: 5}",
        "city: []",
        "city: [a, a]",
        "id: keys",
        "a: [",
        "age: {from: 0, to: .inf}",
    ):
        place.write_text(text, encoding="utf-8")
        with pytest.raises(DatamimicError) as refused:
            read_domains(place)
        assert refused.value.code == "learning.bad_domains"
    with pytest.raises(DatamimicError, match="can be read"):
        read_domains(tmp_path / "none.yaml")


def test_noisy_counts_become_the_nearest_that_sum() -> None:
    found = onto_simplex(np.array([[50.0, -3.0], [2.0, 49.0]]), 90.0)
    assert found.sum() == pytest.approx(90) and (found >= 0).all() and found[0, 1] == found[1, 0] == 0
    assert found[0, 0] - found[1, 1] == pytest.approx(1)


def test_resemblance_is_what_its_definition_says() -> None:
    one = pa.table({"n": [1.0, 2.0, 3.0, 4.0], "c": ["a", "a", "b", None], "m": [1, 2, 3, 4]})
    two = pa.table({"n": [1.0, 2.0, 3.0, 9.0], "c": ["a", "b", "b", "b"], "m": [4, 3, 2, 1]})
    found = resemblance(one, two)
    assert found.columns == pytest.approx({"n": 0.75, "c": 0.5, "m": 1.0})
    assert found.of_pairs[("n", "m")] == pytest.approx(1 - abs(1 - np.corrcoef([1, 2, 3, 9], [4, 3, 2, 1])[0, 1]) / 2)
    same = resemblance(one, one)
    assert same.score == same.shapes == same.pairs == 1.0
    assert found.to_dict()["shapes"] == pytest.approx(0.75)
    half = resemblance(REAL, people(ROWS, 2).drop_columns(["id"]))
    assert 0.97 < half.pairs < 1 and "email" not in half.columns
    lonely = pa.table(
        {
            name: REAL[name].take(pa.array(np.random.default_rng(len(name)).permutation(ROWS)))
            for name in ("age", "income")
        }
    )
    assert resemblance(REAL, lonely).of_pairs[("age", "income")] < 0.75
