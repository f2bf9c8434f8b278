"""Profiles equal a pandas reference, find what was planted, hide what is personal, and are models and pages."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from click.testing import CliRunner

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import Profile, open_sample, profile, schema_of_profiles
from datamimic_learning.compat.sample_data_profiler import SampleDataProfiler
from datamimic_learning.profiling import columns as counting
from datamimic_learning.profiling.distinct import ValueCounts
from datamimic_learning.profiling.hashing import hashes_of
from datamimic_models import Model

ROWS = 3_000


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    customer = draw.integers(1, 301, ROWS)
    country = draw.choice(["DE", "FR", "US"], ROWS, p=[0.5, 0.3, 0.2])
    price = np.round(draw.lognormal(3, 0.8, ROWS), 2)
    return pd.DataFrame(
        {
            "order_id": np.arange(10_000, 10_000 + ROWS),
            "customer_id": customer,
            "country": country,
            "currency": np.where(country == "US", "USD", "EUR"),
            "price": price,
            "tax": np.round(price * np.where(country == "DE", 0.19, 0.1) + draw.normal(0, 0.5, ROWS), 2),
            "rating": pd.Series(draw.integers(1, 6, ROWS)).astype("Int64").mask(draw.random(ROWS) < 0.2),
            "ordered_on": pd.Timestamp("2023-01-01") + pd.to_timedelta(draw.integers(0, 500, ROWS), unit="D"),
            "sku": [f"SK-{number:04d}" for number in draw.integers(0, 800, ROWS)],
            "email": [f"user{number}@example.org" for number in draw.integers(0, 900, ROWS)],
            "weight_kg": draw.normal(5, 1, ROWS),
        }
    )


@pytest.fixture(scope="module")
def found(frame: pd.DataFrame) -> Profile:
    return profile(frame, show_values=True)


def check_against_pandas(frame: pd.DataFrame, found: Profile) -> None:
    for name in frame.columns:
        column, cells = found.column(name), frame[name]
        assert column["rows"] == len(frame)
        assert column["nulls"] == cells.isna().sum()
        assert column["distinct"] == {"count": cells.nunique(), "exact": True, "error": 0.0}
        if cells.nunique() <= 100:
            expected = cells.value_counts()
            assert {str(each["value"]): each["count"] for each in column["top"]} == {
                str(value): int(count) for value, count in expected.items()
            }
        if pd.api.types.is_numeric_dtype(cells):
            numbers = cells.dropna().astype(float)
            assert (column["min"], column["max"]) == (numbers.min(), numbers.max())
            assert column["mean"] == pytest.approx(numbers.mean(), rel=1e-12)
            assert column["deviation"] == pytest.approx(numbers.std(), rel=1e-9)
            for share, value in column["quantiles"].items():
                assert value == pytest.approx(numbers.quantile(float(share)), rel=1e-12)


def test_counts_ends_moments_quantiles_and_frequent_values_are_those_of_pandas(
    frame: pd.DataFrame, found: Profile
) -> None:
    check_against_pandas(frame, found)
    dates = found.column("ordered_on")
    assert dates["min"][:10] == str(frame.ordered_on.min().date()) and dates["max"][:10] == str(
        frame.ordered_on.max().date()
    )


def strength(found: Profile, one: str, other: str, measure: str) -> float:
    [value] = [
        each["value"]
        for each in found.values["tables"][0]["correlations"]
        if set(each["columns"]) == {one, other} and each["measure"] == measure
    ]
    return float(value)


def test_correlations_are_those_of_pandas(frame: pd.DataFrame, found: Profile) -> None:
    numbers = frame[["price", "tax", "rating", "weight_kg", "customer_id"]].astype(float)
    for measure in ("pearson", "spearman"):
        # pandas asks SciPy for ranks of Spearman only in newer versions; ranking first is the same, pair by pair.
        for one in numbers:
            for other in numbers:
                if one < other:
                    both = numbers[[one, other]].dropna()
                    both = both.rank() if measure == "spearman" else both
                    assert strength(found, one, other, measure) == pytest.approx(both.corr().iloc[0, 1], abs=1e-12)
    table = pd.crosstab(frame.country, frame.currency).to_numpy()
    expected = np.outer(table.sum(1), table.sum(0)) / ROWS
    assert strength(found, "country", "currency", "cramers_v") == pytest.approx(
        np.sqrt(((table - expected) ** 2 / expected).sum() / ROWS)
    )
    means = frame.groupby("country").price.agg(["mean", "size"])
    between = (means["size"] * (means["mean"] - frame.price.mean()) ** 2).sum()
    ratio = np.sqrt(between / ((frame.price - frame.price.mean()) ** 2).sum())
    assert strength(found, "country", "price", "correlation_ratio") == pytest.approx(ratio)


@pytest.mark.thorough
def test_what_does_not_fit_into_memory_is_estimated_within_the_error_that_is_said(
    frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = pd.concat([frame.assign(order_id=frame.order_id + 10_000 * times) for times in range(10)])
    monkeypatch.setattr(counting, "_VALUES", 100_000)
    monkeypatch.setattr(counting, "_ROWS", 10_000)
    monkeypatch.setattr(counting, "_FEW", 4_000)
    monkeypatch.setattr(counting, "_PORTION", 4_096)
    found = profile(large, show_values=True)
    assert found.to_json() == profile(large, show_values=True).to_json()
    table = found.values["tables"][0]
    assert table["sampled"] and 4_000 <= table["rows_compared"] <= 8_000
    assert [key["columns"] for key in table["keys"]] == [["order_id"]] and table["keys"][0]["proved"]
    estimated = 0
    for name in ("order_id", "price", "weight_kg"):
        column, numbers = found.column(name), large[name]
        assert abs(column["distinct"]["count"] / numbers.nunique() - 1) <= max(column["distinct"]["error"], 1e-9)
        assert (column["min"], column["max"]) == (numbers.min(), numbers.max())
        assert column["mean"] == pytest.approx(numbers.mean(), rel=1e-12)
        assert column["deviation"] == pytest.approx(numbers.std(), rel=1e-9)
        estimated += not column["exact"]
        for share, value in column["quantiles"].items():
            below, upto = (numbers < value).mean(), (numbers <= value).mean()
            assert below - column["quantiles_error"] <= float(share) <= upto + column["quantiles_error"] + 1e-4
    assert estimated
    assert strength(found, "price", "tax", "pearson") == pytest.approx(large.price.corr(large.tax), abs=0.05)


def test_frequent_values_are_found_beside_many_rare_ones() -> None:
    draw = np.random.default_rng(1)
    values = np.where(
        draw.random(200_000) < 0.05, "often", np.char.add("rare", draw.integers(0, 10**9, 200_000).astype(str))
    )
    counts = ValueCounts(pa.string())
    counts.add(pa.array(values[:50_000]))
    counts.shrink()
    counts.add(pa.array(values[50_000:]))
    values_found, counts_found, error = counts.frequent(pa.array(["often", *values[:50]]).unique(), 10)
    [value], [count] = values_found, counts_found
    assert value.as_py() == "often" and abs(count - (values == "often").sum()) <= error
    assert counts.distinct == pytest.approx(len(np.unique(values)), rel=0.01)


def test_hashes_are_of_values_and_not_of_places() -> None:
    texts = ["", "a", "abcdefgh", "abcdefghi", "ä" * 20, None, "a\0", "a\0\0"]
    whole = hashes_of(pa.array(texts))
    assert len(set(whole.tolist())) == len(texts)
    assert hashes_of(pa.array(["x", *texts]).slice(1)).tolist() == whole.tolist()
    assert hashes_of(pa.array([1, 2], pa.int8())).tolist() == hashes_of(pa.array([1, 2], pa.int64())).tolist()


def test_keys_dependencies_and_units_are_found(found: Profile) -> None:
    table = found.values["tables"][0]
    assert [key["columns"] for key in table["keys"]] == [["order_id"]]
    assert {(*each["left"], each["right"]) for each in table["dependencies"]} == {("country", "currency")}
    assert found.column("weight_kg")["unit"] == "kg"
    assert found.column("sku")["patterns"][0] == {"pattern": "AA-9999", "share": 1.0}
    assert found.column("ordered_on")["dates"]["granularity"] == "day"
    assert found.column("email")["content"] == "e-mail address"


def test_keys_of_several_columns_and_references_with_orphans() -> None:
    customers = pd.DataFrame({"id": range(1, 101), "name": [f"Firm {number}" for number in range(100)]})
    orders = pd.DataFrame(
        {"order_no": range(500), "customer_id": [1 + number % 99 for number in range(498)] + [777, 778]}
    )
    lines = pd.DataFrame({"order_no": np.repeat(np.arange(500), 3), "position": list(range(1, 4)) * 500, "count": 1})
    values = profile({"customers": customers, "orders": orders, "lines": lines}).values
    found = {
        (each["table"], *each["columns"], each["referred"], *each["referred_columns"]): each
        for each in values["references"]
    }
    assert set(found) == {("orders", "customer_id", "customers", "id"), ("lines", "order_no", "orders", "order_no")}
    reference = found["orders", "customer_id", "customers", "id"]
    assert (reference["orphans"], reference["error_rate"], reference["covered"]) == (2, 0.004, 0.99)
    assert found["lines", "order_no", "orders", "order_no"]["children"] == {"3": 500}
    lines_keys = [key["columns"] for key in values["tables"][2]["keys"]]
    assert lines_keys == [["order_no", "position"]]
    hints = [each["finding"] for each in values["tables"][1]["quality"]["hints"]]
    assert "2 rows have a customer_id that customers does not" in hints


def test_keys_of_many_columns_have_no_amounts_that_differ_by_chance() -> None:
    draw = np.random.default_rng(1)
    regions, channels = ["N", "S", "E", "W"], ["shop", "web", "phone"]
    cells = [
        (region, year, month, channel)
        for region in regions for year in range(2015, 2024) for month in range(1, 13) for channel in channels
        if draw.random() < 0.6
    ]  # fmt: skip
    sales = pd.DataFrame(cells, columns=["region", "year", "month", "channel"])
    sales["goal"] = draw.gamma(3, 900, len(cells)).round().astype(int)
    (table,) = profile({"sales": sales}).values["tables"]
    assert [each["columns"] for each in table["keys"]] == [["region", "year", "month", "channel"]]


def test_scores_have_hints() -> None:
    frame = pd.DataFrame(
        {
            "customer_id": [*range(1, 200), 199],
            "city": ["Berlin"] * 150 + ["berlin "] * 10 + ["Paris"] * 40,
            "joined": ["2024-01-31"] * 196 + ["yesterday"] * 4,
            "status": ["ok"] * 150 + ["N/A"] * 50,
            "amount": [10.0, 11.0, 12.0, 13.0] * 49 + [11.0, 12.0, 13.0, 99_999.0],
            "empty": [None] * 200,
        }
    )
    table = profile(frame).values["tables"][0]
    columns = {each["name"]: each["quality"] for each in table["columns"]}
    assert columns["city"]["consistency"] == 0.95
    assert columns["joined"]["validity"] == 0.98
    assert columns["status"]["completeness"] == 0.75
    assert columns["amount"]["validity"] == 0.995
    assert columns["customer_id"]["uniqueness"] == 0.995
    assert columns["empty"]["completeness"] == 0.0 and columns["empty"]["validity"] is None
    expected = {"city": "consistency", "joined": "validity", "status": "completeness", "amount": "validity"}
    for name, dimension in {**expected, "customer_id": "uniqueness"}.items():
        hints = [each for each in columns[name]["hints"] if each["dimension"] == dimension]
        assert hints and all(each["hint"] and each["finding"] for each in hints)


@pytest.mark.parametrize(
    "what",
    [
        pa.table({"a": pa.array([], pa.int64())}),
        pa.table({"a": [1]}),
        pa.table({"a": [None, None], "b": pa.array([None, None], pa.string())}),
        pa.table({"a": [float("nan"), float("inf"), 1.0], "b": [b"x", None, b"y"], "c": [[1], [2], None]}),
        pa.table({f"c{number}": ["x", "y"] for number in range(200)}),
        pa.table({"t": pa.array([1, 2], pa.time64("us")), "d": pa.array([1, 2], pa.duration("s")), "z": [True, False]}),
        pa.table({"n": pa.array([2**63 - 1, -(2**63)]), "big": pa.array(["x" * 1_000_000, "y"])}),
    ],
    ids=["empty", "one row", "null", "odd numbers", "wide", "kinds of time", "huge"],
)  # fmt: skip
def test_odd_tables_have_profiles_that_fit_the_schema(what: pa.Table) -> None:
    found = profile(what)
    jsonschema.validate(json.loads(found.to_json()), schema_of_profiles())
    assert found.to_html() and found.to_yaml()


def test_profiles_fit_the_schema_and_are_the_same_bytes(frame: pd.DataFrame, found: Profile) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of_profiles())
    jsonschema.validate(json.loads(found.to_json()), schema_of_profiles())
    batched = pa.Table.from_pandas(frame, preserve_index=False)
    again = pa.Table.from_batches(batched.to_batches(max_chunksize=777))
    assert profile(again, show_values=True).to_json() == found.to_json()


def test_personal_values_are_in_no_output_unless_they_are_asked_for(tmp_path: Path) -> None:
    names = [
        f"{first}.{last}" for first in ("anna", "bert", "carla") for last in ("weber", "smith", "rossi", "novak")
    ] * 5
    rows = "".join(f"{n},{name}@mail.example.org,19{50 + n % 40}-0{1 + n % 9}-11\n" for n, name in enumerate(names))
    path = tmp_path / "people.csv"
    path.write_text(f"id,email,birth_date\n{rows}")
    shown = tmp_path / "shown.json"
    outputs = [tmp_path / f"p.{ending}" for ending in ("json", "html", "yaml")]
    asked = [part for each in outputs for part in ("-o", str(each))]
    result = CliRunner().invoke(main, ["profile", str(path), *asked, "--json"])
    assert result.exit_code == 0, result.output
    for text in (result.output, *(each.read_text() for each in outputs)):
        assert "anna.weber" not in text and "novak" not in text
    assert CliRunner().invoke(main, ["profile", str(path), "-o", str(shown), "--show-values"]).exit_code == 0
    assert "anna.weber" in shown.read_text()
    [email] = [each for each in json.loads(outputs[0].read_text())["tables"][0]["columns"] if each["name"] == "email"]
    assert email["personal"] and email["masked"] and email["meaning"]["name"] == "person.email"


def test_the_model_of_a_profile_generates_rows_of_nearly_the_same_profile(frame: pd.DataFrame, tmp_path: Path) -> None:
    customers = pd.DataFrame({"id": range(1, 301), "segment": ["a", "b", "b"] * 100})
    source = {"customers": customers, "orders": frame}
    first = profile(source)
    path = tmp_path / "model.yaml"
    path.write_text(first.to_yaml())
    checked = CliRunner().invoke(main, ["model", "check", str(path)])
    assert checked.exit_code == 0, checked.output
    made = CliRunner().invoke(
        main, ["run", str(path), "--seed", "1", "--quiet", "-o", str(tmp_path / "made"), "--format", "parquet"]
    )
    assert made.exit_code == 0, made.output
    second = profile(tmp_path / "made")
    assert [(each["table"], each["columns"], each["orphans"]) for each in second.values["references"]] == [
        ("orders", ["customer_id"], 0)
    ]
    assert second.tables["orders"]["rows"] == pytest.approx(ROWS, rel=0.1)
    for name in frame.columns:
        before, after = first.column(name, "orders"), second.column(name, "orders")
        assert before["kind"] == after["kind"]
        assert after["null_share"] == pytest.approx(before["null_share"], abs=0.03)
        assert after["unique"] == before["unique"]
        if before["kind"] in ("number", "whole number") and "order" not in name:
            spread = before["quantiles"]["0.95"] - before["quantiles"]["0.05"]
            for share in ("0.1", "0.5", "0.9"):
                assert abs(after["quantiles"][share] - before["quantiles"][share]) < 0.08 * spread
        if before["distinct"]["count"] <= 10:
            shares = {each["value"]: each["share"] for each in after["top"]}
            for each in before["top"]:
                assert shares[each["value"]] == pytest.approx(each["share"], abs=0.04)
    assert (
        second.column("ordered_on", "orders")["quantiles"]["0.5"][:7]
        == first.column("ordered_on", "orders")["quantiles"]["0.5"][:7]
    )
    assert second.column("sku", "orders")["patterns"][0]["pattern"] == "AA-9999"


@pytest.mark.parametrize(
    "columns",
    [
        {"customer": ["Ann", "Bob", "Cy"], "phone": [4915112345671, 4915112345672, 4915112345673]},
        {"ssn": [123456789, 123456788, 987654321], "x": [0.5, 1.5, 9.25]},
        {"card_number": [4111111111111111, 5500000000000004], "email": ["a@example.com", "b@example.com"]},
        {"age": [31, 45, 62], "birth_year": [1962, 1980, 1949]},
        {"v": [1.5]},
        {"n": [2**62, 2**62 + 5, 1, -4], "c": ["A1", "A2", "A3", "A4"]},
    ],
)
def test_models_of_tiny_tables_generate(columns: dict[str, list[Any]], tmp_path: Path) -> None:
    rows = len(next(iter(columns.values())))
    (tmp_path / "tiny.yaml").write_text(profile(pa.table(columns)).to_yaml())
    model = Model.load(tmp_path / "tiny.yaml")
    made = model.world(seed="demo")[model.plan.path(model.tables.tables[0].name)][0:rows].to_arrow()
    assert made.num_rows == rows
    for name in columns:
        assert name not in ("phone", "ssn", "card_number", "age") or len(set(made[name].to_pylist())) == rows


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_and_can_be_read_by_everybody(found: Profile) -> None:
    text = found.to_html()
    page = _Page(text)
    names = [tag for tag, _ in page.tags]
    assert names.count("main") == names.count("h1") == 1 and {"header", "nav"} <= set(names)
    assert dict(page.tags[0][1])["lang"] == "en"
    assert not {"script", "link", "img", "iframe"} & set(names) and "url(" not in text
    assert not [link for tag, attributes in page.tags if (link := attributes.get("href")) and not link.startswith("#")]
    identifiers = [each["id"] for _, each in page.tags if "id" in each]
    assert len(identifiers) == len(set(identifiers))
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes.get("aria-hidden") or (attributes.get("role") == "img" and attributes.get("aria-label"))
        if tag == "th":
            assert attributes.get("scope") in ("row", "col")
        if attributes.get("aria-labelledby"):
            assert attributes["aria-labelledby"] in identifiers
    levels = [int(each[1]) for each in names if re.fullmatch("h[1-6]", each)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def run(*arguments: Any) -> str:
    result = CliRunner().invoke(main, ["profile", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command(tmp_path: Path, frame: pd.DataFrame) -> None:
    frame.to_csv(tmp_path / "orders.csv", index=False)
    told = run(tmp_path / "orders.csv")
    assert (
        "orders: 3,000 rows, 11 columns" in told and "key: order_id" in told and "country determines currency" in told
    )
    assert json.loads(run("--schema"))["title"].startswith("A profile of tables")
    refused = CliRunner().invoke(main, ["profile", str(tmp_path / "orders.csv"), "-o", str(tmp_path / "p.pdf")])
    assert refused.exit_code != 0 and not (tmp_path / "p.pdf").exists()
    assert CliRunner().invoke(main, ["profile"]).exit_code == 2
    with pytest.raises(DatamimicError):
        profile(tmp_path / "none.csv")
    assert open_sample(tmp_path / "orders.csv").table.rows == ROWS


def test_the_names_of_the_described_product_profile_too(frame: pd.DataFrame) -> None:
    profiler = SampleDataProfiler()
    assert profiler.profile_table(frame, "customers")["rows"] == ROWS
    assert profiler.profile({"a": frame[["price"]]}).column("price")["kind"] == "number"


def test_texts_that_are_nearly_all_different_are_not_shown_at_all() -> None:
    notes = [f"remark no {number} zebra" for number in range(40)] + ["the same zebra", "the same zebra"]
    told = profile(pa.table({"note": notes, "grade": ["good", "bad"] * 21})).to_json()
    assert "zebra" not in told and "good" in told
