"""Learned models: what they keep of their samples, what they do not tell, and that they generate as any model does."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner

from datamimic import DatamimicError, explain
from datamimic.cli import main
from datamimic_learning import learn, resemblance
from datamimic_learning.learning.batches import ProfilerIntegratedGenerator
from datamimic_learning.learning.columns import coded
from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.learn import MOST_COLUMNS
from datamimic_learning.learning.nice import nice_between, nice_edges
from datamimic_learning.learning.scorecards import Scorecards
from datamimic_learning.learning.writing import LearnedModel
from datamimic_models import Model

ROWS = 1500


def people(rows: int = ROWS, seed: int = 0) -> pa.Table:
    """A table with what tables have: dependence, heaps, gaps that go together, a city in its state, a sum, an order, names."""
    draw = np.random.default_rng(seed)
    city = draw.choice(["Bonn", "Berlin", "Köln", "Potsdam", "Essen"], rows, p=[0.1, 0.4, 0.2, 0.1, 0.2])
    state = np.where(np.isin(city, ["Berlin"]), "BE", np.where(city == "Potsdam", "BB", "NW"))
    job = draw.choice(["fixed", "free", "none"], rows, p=[0.6, 0.3, 0.1])
    age = draw.integers(18, 80, rows)
    income = np.where(job == "none", 0, np.rint(draw.lognormal(7 + (age < 40) * 0.5, 0.4) / 10) * 10).astype(int)
    bonus = np.where(draw.random(rows) < 0.4, 500, draw.integers(0, 50, rows) * 10)
    since = np.datetime64("2020-01-06") + draw.integers(0, 150, rows) * 7 + draw.choice([0, 1, 2, 3, 4], rows)
    ended = since + draw.integers(1, 9, rows)
    employer = np.where(job == "none", None, draw.choice(["A", "B", "C"], rows))
    return pa.table(
        {
            "id": np.arange(1, rows + 1),
            "no": [f"K-{each:06d}-{'XY'[each % 2]}" for each in draw.permutation(rows)],
            "city": city,
            "state": state,
            "job": job,
            "employer": pa.array(employer.tolist()),
            "contract": pa.array(np.where(job == "none", None, draw.choice(["full", "part"], rows)).tolist()),
            "age": age,
            "income": income,
            "bonus": bonus,
            "total": income + bonus,
            "since": pa.array(since),
            "ended": pa.array(ended),
            "remark": [f"{'abcdefgh'[each % 8] * 5} said {each} times" for each in range(rows)],
        }
    )


@pytest.fixture(scope="module")
def sample() -> pa.Table:
    return people()


@pytest.fixture(scope="module")
def place(sample: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learned")
    pq.write_table(sample, folder / "people.parquet")
    return learn(folder / "people.parquet", date="2024-05-01").write(folder / "like.yaml")


@pytest.fixture(scope="module")
def made(place: Path) -> pa.Table:
    return Model.load(place).world(seed="demo")["people.people"][0:ROWS].to_arrow()


def test_what_is_made_resembles_what_was_learned_as_another_half_does(sample: pa.Table, made: pa.Table) -> None:
    others = people(seed=1)
    columns = [each for each in sample.column_names if each not in ("id", "no", "remark")]
    found = resemblance(sample.select(columns), made.select(columns))
    ceiling = resemblance(sample.select(columns), others.select(columns))
    assert found.shapes > 0.97 and found.shapes > ceiling.shapes - 0.015
    assert found.pairs > ceiling.pairs - 0.03


def test_what_holds_without_exception_is_kept(made: pa.Table) -> None:
    rows = made.to_pylist()
    assert {(row["city"], row["state"]) for row in rows} == {
        ("Bonn", "NW"), ("Berlin", "BE"), ("Köln", "NW"), ("Potsdam", "BB"), ("Essen", "NW"),
    }  # fmt: skip
    assert all(row["total"] == row["income"] + row["bonus"] for row in rows)
    assert all((row["employer"] is None) == (row["job"] == "none") == (row["contract"] is None) for row in rows)
    assert all(1 <= (row["ended"] - row["since"]).days <= 9 for row in rows)
    assert {row["since"].weekday() for row in rows} == {0, 1, 2, 3, 4}
    assert all(row["income"] % 10 == 0 for row in rows) and all(
        row["income"] == 0 for row in rows if row["job"] == "none"
    )


def test_identifiers_are_made_by_their_format_and_never_copied(sample: pa.Table, made: pa.Table) -> None:
    numbers = made["no"].to_pylist()
    assert len(set(numbers)) == ROWS
    assert all(each[:3] == "K-0" and each[8] == "-" and len(each) == 10 for each in numbers)
    shared = set(numbers) & set(sample["no"].to_pylist())
    assert len(shared) < ROWS / 2, "a pattern of as many texts may meet some of them, a copy all"
    assert sorted(made["id"].to_pylist()) == list(range(1, ROWS + 1))
    assert not set(made["remark"].to_pylist()) & set(sample["remark"].to_pylist())


def test_no_row_is_one_of_the_sample(sample: pa.Table, made: pa.Table) -> None:
    columns = ["city", "job", "employer", "age", "income", "bonus", "since", "ended"]
    known = set(map(tuple, (row.values() for row in sample.select(columns).to_pylist())))
    copied = sum(tuple(row.values()) in known for row in made.select(columns).to_pylist())
    assert copied <= 2


def test_the_model_is_read_as_any_and_says_what_it_was_learned_from(place: Path) -> None:
    text = place.read_text(encoding="utf-8")
    assert "learned from people.parquet, 1,500 rows, 2024-05-01" in text
    assert "no value that fewer than 5 rows have is in it" in text
    told = explain(Model.load(place).world(seed="demo"), "people.people", 7, "state")
    files = [table["file"] for node in told["nodes"] for table in node["tables"]]
    assert "like/state.by.csv" in files


def test_no_value_of_few_rows_is_told(tmp_path: Path) -> None:
    table = people(400)
    rare = pa.array(["ordinary"] * 397 + ["Zarathustra"] * 3)
    odd = pa.array([*range(100, 499), 987_654], pa.int64())
    learn(table.append_column("rare", rare).append_column("odd", odd)).write(tmp_path / "m.yaml")
    for file in (tmp_path / "m").iterdir():
        assert "Zarathustra" not in file.read_text(encoding="utf-8") and "987654" not in file.read_text(
            encoding="utf-8"
        )
    for line in csv.reader((tmp_path / "m" / "rare.csv").read_text(encoding="utf-8").splitlines()[1:]):
        assert int(line[1]) >= 5


def test_learning_again_gives_the_same_files(sample: pa.Table, tmp_path: Path) -> None:
    digests = []
    for name in ("a", "b"):
        file = learn(sample, name="x").write(tmp_path / name / "x.yaml")
        folder = file.with_suffix("")
        files = [file, *sorted(folder.iterdir())]
        digests.append([(each.name, hashlib.sha256(each.read_bytes()).hexdigest()) for each in files])
    assert digests[0] == digests[1]


def test_columns_may_be_called_anything(tmp_path: Path) -> None:
    names = {
        "income": "net income",
        "bonus": "bonus.paid",
        "total": "class",
        "since": "Seit wann?",
        "ended": "in",
        "age": "Größe",
    }
    table = people(600).rename_columns([names.get(each, each) for each in people(1).column_names])
    model = learn(table, name="odd").model(tmp_path / "m.yaml")
    rows = model.world(seed="1")[model.plan.path(model.tables.tables[0].name)][0:300].to_arrow().to_pylist()
    assert all(row["class"] == row["net income"] + row["bonus.paid"] for row in rows)
    assert all(1 <= (row["in"] - row["Seit wann?"]).days <= 9 and row["Größe"] >= 18 for row in rows)


# -- related tables ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "shop"
    folder.mkdir()
    draw = np.random.default_rng(0)
    kind = draw.choice(["private", "company"], 800, p=[0.8, 0.2])
    counts = np.where(kind == "company", draw.integers(4, 12, 800), draw.integers(0, 4, 800))
    owner = np.repeat(np.arange(800), counts)
    amount = np.where(kind[owner] == "company", draw.integers(500, 900, len(owner)), draw.integers(5, 100, len(owner)))
    keys = draw.permutation(np.arange(1_000, 9_000))[:800]
    pa_csv.write_csv(pa.table({"id": keys, "kind": kind}), folder / "customers.csv")
    orders = {"id": np.arange(len(owner)), "customer_id": keys[owner], "amount": amount}
    orders["product_id"] = draw.choice([1, 2, 3], len(owner), p=[0.7, 0.2, 0.1])
    pa_csv.write_csv(pa.table(orders), folder / "orders.csv")
    pa_csv.write_csv(pa.table({"id": [1, 2, 3], "name": ["x", "y", "z"]}), folder / "products.csv")
    return folder


def test_children_are_as_many_and_as_their_parents_are(shop: Path, tmp_path: Path) -> None:
    learned = learn(shop)
    assert {f"{each.table}.{each.column}={each.parent}" for each in learned.relations} == {
        "orders.customer_id=customers", "orders.product_id=products",
    }  # fmt: skip
    model = learned.model(tmp_path / "like.yaml")
    world = model.world(seed="demo")
    counts = model.counts(world)
    customers = world["shop.customers"][0 : counts["customers"]].to_arrow().to_pylist()
    orders = world["shop.orders"][0 : counts["orders"]].to_arrow().to_pylist()
    kinds = {row["id"]: row["kind"] for row in customers}
    many: dict[Any, int] = dict.fromkeys(kinds, 0)
    for row in orders:
        many[row["customer_id"]] += 1
        assert (row["amount"] >= 400) == (kinds[row["customer_id"]] == "company")
    per_kind = {kind: [many[key] for key in kinds if kinds[key] == kind] for kind in ("private", "company")}
    assert np.mean(per_kind["private"]) == pytest.approx(1.5, abs=0.25)
    assert np.mean(per_kind["company"]) == pytest.approx(7.5, abs=0.6)
    assert max(per_kind["private"]) <= 4 <= min(per_kind["company"])


def test_references_that_cannot_be_are_refused(shop: Path) -> None:
    for said, code in (
        ("orders.customer_id", "learning.bad_reference"),
        ("orders.customer=customers.id", "learning.bad_reference"),
        ("orders.customer_id=customers.kind", "learning.bad_reference"),
        ("order.customer_id=customers.id", "learning.bad_reference"),
    ):
        with pytest.raises(DatamimicError) as raised:
            learn(shop, references=[said])
        assert raised.value.code == code


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_learns_and_the_model_runs(
    sample: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pa_csv.write_csv(sample.slice(0, 300), "people.csv")
    run = CliRunner()
    made = run.invoke(main, ["learn", "people.csv", "-o", "like", "--least", "3"])
    assert made.exit_code == 0 and Path("like/like.yaml").exists() and Path("like/like").is_dir()
    again = run.invoke(main, ["learn", "people.csv", "-o", "like", "--json"])
    assert again.exit_code == 0 and '"people": 300' in again.output
    assert run.invoke(main, ["run", "like/like.yaml", "-n", "50", "--seed", "1", "-o", "out"]).exit_code == 0
    assert len(Path("out/people.csv").read_text(encoding="utf-8").splitlines()) == 51
    assert run.invoke(main, ["verify", "out"]).exit_code == 0
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("kept")
    refused = run.invoke(main, ["learn", "people.csv", "-o", "mine.yaml"])
    assert "learning.output_unwritable" in refused.output and Path("mine/notes.txt").exists()
    assert not Path("mine.yaml").exists()


def test_nothing_is_learned_of_nothing() -> None:
    with pytest.raises(DatamimicError) as raised:
        learn(pa.table({"a": pa.array([], pa.int64())}))
    assert raised.value.code == "learning.no_rows"


def test_tables_with_very_many_columns_are_refused_at_once() -> None:
    with pytest.raises(DatamimicError) as raised:
        learn(pa.table({f"c{number}": [1, 2, 3] for number in range(MOST_COLUMNS + 1)}))
    assert raised.value.code == "learning.too_many_columns"


@pytest.mark.parametrize(
    "column",
    [
        pa.array([None] * 30, pa.string()),
        pa.array([None] * 30, pa.int64()),
        pa.array([7] * 30),
        pa.array([float("nan"), float("inf"), 1.5] * 10),
        pa.array(["x" * 5000] * 30),
        pa.array([True, False, None] * 10),
        pa.array([b"bytes"] * 30),
        pa.array([[1], None, [2, 3]] * 10),
        pa.array([1e300, -1e300, 1e-300] * 10),
        pa.array([2**62, -(2**62), 0] * 10),
    ],
    ids=str,
)
def test_odd_columns_are_learned_or_left_out(column: pa.Array, tmp_path: Path) -> None:
    learned = learn(pa.table({"odd": column, "a": [1, 2, 3] * 10}))
    model = learned.model(tmp_path / "m.yaml")
    rows = model.world(seed="1")[f"{model.tables.name}.{model.tables.tables[0].name}"][0:20].to_arrow()
    assert "odd" in rows.column_names or learned.tables.left_out


# -- parts ------------------------------------------------------------------------------------------------------------


def test_round_numbers_lie_where_they_have_to() -> None:
    assert nice_between(np.array([1037.2, -3.0, 0.1234]), np.array([1052.9, 2.0, 0.1239])).tolist() == [1050, 0, 0.1235]
    edges = np.sort(np.random.default_rng(0).lognormal(5, 1, 50))
    made = nice_edges(edges)
    assert made[0] <= edges[0] and made[-1] >= edges[-1] and (np.diff(made) > 0).all()
    assert not set(made.tolist()) & set(edges.tolist())


def test_counting_is_exact_and_tells_nothing_of_few_rows() -> None:
    counting = Counting(3)
    values, weights = counting.values(pa.array(["b", "a", "a", "a", None]))
    assert values.to_pylist() == ["a"] and weights.tolist() == [3.0]
    assert not counting.always(np.ones(2, dtype=np.bool_))


def test_the_generator_of_the_described_product_gives_batches_like_a_sample(sample: pa.Table, tmp_path: Path) -> None:
    pq.write_table(sample, tmp_path / "people.parquet")
    generator = ProfilerIntegratedGenerator({"rows": 500, "seed": "demo"})
    generator.set_profiler(object())
    batches = [*generator.generate_from_sample_data(str(tmp_path / "people.parquet"), "people", batch_size=200)]
    assert [batch.num_rows for batch in batches] == [200, 200, 100]
    made = pa.Table.from_batches(batches)
    correlation = np.corrcoef(made["income"].to_numpy(), made["total"].to_numpy())[0, 1]
    assert correlation == pytest.approx(
        np.corrcoef(sample["income"].to_numpy(), sample["total"].to_numpy())[0, 1], abs=0.1
    )
    known = {tuple(row.values()) for row in sample.to_pylist()}
    assert not known & {tuple(row.values()) for row in made.to_pylist()}


def test_a_scorecard_knows_what_many_columns_say_a_little_of_each(tmp_path: Path) -> None:
    draw = np.random.default_rng(3)
    common = draw.normal(size=4_000)
    others = {f"x{number}": np.round(common + draw.normal(size=4_000), 3) for number in range(10)}
    others |= {"weight": draw.integers(0, 3, 4_000) * 1.0}
    signs = np.resize([1.0, -1.0, 0.5], len(others))
    real = sum(sign * (each - each.mean()) for sign, each in zip(signs, others.values(), strict=True))
    label = pa.array(draw.random(4_000) < 1 / (1 + np.exp(-0.4 * real)))
    counting = Counting(5)
    made = [coded(name, pa.array(each), counting) for name, each in others.items()]
    target = coded("good", label, counting)
    assert target is not None
    card = Scorecards(counting).of(target, [each for each in made if each is not None], "good_points")
    assert card is not None
    assert np.corrcoef(card.column.codes, real)[0, 1] > 0.9
    assert max(abs(np.corrcoef(each, real)[0, 1]) for each in others.values()) < 0.7
    model = learn(pa.table({**others, "good": label}), name="many").model(tmp_path / "many.yaml")
    rows = model.world(seed="demo")["many.frame"][0:4_000].to_arrow()
    assert rows.column_names == [*others, "good"]
    assert (tmp_path / "many" / "good.points.csv").exists()


def test_yes_and_no_as_numbers_are_as_rare_as_they_were(tmp_path: Path) -> None:
    group = np.repeat(["a", "b"], [2000, 400])
    won = np.concatenate([np.arange(2000) % 3 == 0, np.arange(400) < 4]).astype(int)
    table = pa.table({"won": won, "group": group})
    made = learn(table, name="few").model(tmp_path / "few.yaml").world(seed="a")["few.frame"][0:6000].to_arrow()
    of_b = np.asarray(made["won"])[np.array(made["group"].to_pylist()) == "b"]
    assert len(of_b) > 800 and of_b.mean() < 0.05


def test_what_two_columns_say_only_together_is_kept(tmp_path: Path) -> None:
    draw = np.random.default_rng(5)
    columns = {f"n{at}": draw.integers(0, 100, 4000) for at in range(6)}
    both = (columns["n1"] > 50) & (columns["n4"] > 50)
    chance = 0.1 + 0.6 * both + 0.1 * (columns["n2"] > 60) + 0.1 * (columns["n0"] > 30)
    table = pa.table({"lost": np.where(draw.random(4000) < chance, "yes", "no"), **columns})
    place = learn(table, name="pairs").write(tmp_path / "pairs.yaml")
    made = Model.load(place).world(seed="a")["pairs.frame"][0:4000].to_arrow()
    high = np.asarray(made["n1"]) > 50, np.asarray(made["n4"]) > 50
    lost = np.array(made["lost"].to_pylist()) == "yes"
    assert lost[high[0] & high[1]].mean() > 0.65 and lost[high[0] ^ high[1]].mean() < 0.35
    assert any(sum(cell != "*" for cell in line[:-1]) == 2
               for line in csv.reader((tmp_path / "pairs" / "lost.points.csv").read_text().splitlines()[1:]))  # fmt: skip


def test_free_text_is_learned_by_its_words_and_hardly_ever_copied(tmp_path: Path) -> None:
    draw = np.random.default_rng(4)
    words = np.array(
        ["the", "parcel", "was", "late", "and", "lost", "please", "refund", "my", "order", "today", "broken"]
    )
    urgent = draw.random(1500) < 0.3
    counts = np.where(urgent, draw.integers(2, 6, 1500), draw.integers(9, 22, 1500))
    texts = [f"{' '.join(draw.choice(words, count))} case {draw.integers(10_000, 99_999)}." for count in counts]
    texts[7] = f"Frau Zwetschgenberger said {texts[7]}"
    remark = pa.array(texts, mask=draw.random(1500) < 0.1)
    table = pa.table({"urgent": np.where(urgent, "yes", "no"), "remark": remark})
    place = learn(table, name="calls").write(tmp_path / "calls.yaml")
    assert "Zwetschg" not in (tmp_path / "calls" / "remark.words.csv").read_text()
    made = Model.load(place).world(seed="a")["calls.frame"][0:1500].to_arrow()
    new = made["remark"].to_pylist()
    assert abs(made["remark"].null_count - remark.null_count) < 60 and made["remark"].null_count
    assert not {*new} & {*texts} - {None}
    assert {re.sub(r"\d+\.", "", word) for text in new if text for word in text.split(" ")} <= {*words, "case", ""}
    pairs = [*zip(new, made["urgent"].to_pylist(), strict=True)]
    longest = [max(len(text.split(" ")) for text, each in pairs if text and each == said) for said in ("yes", "no")]
    assert longest[0] <= 9 and longest[1] >= 18


def test_columns_that_are_called_after_another_table_refer_to_it() -> None:
    draw = np.random.default_rng(1)
    customers = pa.table({"id": np.arange(1, 201), "segment": draw.choice(["a", "b"], 200)})
    orders = pa.table({
        "order_no": np.arange(900), "billing_customer_id": draw.integers(1, 201, 900),
        "shippingCustomerId": draw.integers(1, 201, 900),
        "customer_rank_no": draw.integers(1, 9, 900), "quantity": draw.integers(1, 9, 900),
    })  # fmt: skip
    found = learn({"customers": customers, "orders": orders}, name="shop").relations
    assert {str(each) for each in found} == {
        "orders.billing_customer_id=customers.id", "orders.shippingCustomerId=customers.id",
    }  # fmt: skip


def test_names_with_line_breaks_stay_within_comments() -> None:
    model = LearnedModel("m", [], "learned from a\nb: [x", left_out={"c\nd: {y": "it has one value"})
    assert yaml.safe_load(model.yaml("m")) == {"name": "m", "tables": None}


def test_texts_that_are_days_and_moments_are_learned_as_such(tmp_path: Path) -> None:
    told = [
        f"2012-0{1 + row % 3}-{1 + row % 28:02}T{row % 24:02}:{row % 60:02}:{row * 7 % 60:02}Z" for row in range(900)
    ]
    model = learn(pa.table({"time": told, "day": [each[:10] for each in told]}), name="mails").model(
        tmp_path / "m.yaml"
    )
    made = model.world(seed="x")[model.plan.path(model.tables.tables[0].name)][0:500].to_arrow()
    assert pa.types.is_timestamp(made["time"].type) and pa.types.is_date(made["day"].type)
    assert {(each.year, each.month) for each in made["day"].to_pylist()} <= {(2012, month) for month in (1, 2, 3)}
