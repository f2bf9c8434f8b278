"""Every kind of rule in a table: what it makes, and what is refused before the first row."""

from __future__ import annotations

import json
import re
from math import exp
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from datamimic import World
from datamimic_models import BadModel
from datamimic_models.checking import mistakes_of
from datamimic_models.loading import Model
from datamimic_models.model import Mistakes
from datamimic_models.reading.tables_files import document_part
from datamimic_models.reading.tables_language import model_of


def loaded(*tables: dict[str, Any], **words: Any) -> Model:
    mistakes = Mistakes()
    document = json.dumps({"tables": tables, **words})
    model = model_of(document_part(document, None, mistakes), "own", mistakes)
    mistakes.refuse()
    return Model.checked(model)


def column(kind: str, rule: Any, rows: int = 1_000, **words: Any) -> list[Any]:
    """The values of one column."""
    table = {"name": "t", "rows": rows, "columns": [{"name": "c", "type": kind, "rule": rule, **words}]}
    return world(table)["t"][0:rows].to_arrow().column(0).to_pylist()


def world(*tables: dict[str, Any]) -> World:
    return loaded(*tables).world("demo")


def refused(kind: str, rule: Any, **words: Any) -> list[str]:
    with pytest.raises(BadModel) as caught:
        loaded({"name": "t", "columns": [{"name": "c", "type": kind, "rule": rule, **words}]})
    return [each.code for each in caught.value.mistakes if each.level == "error"]


DISTRIBUTIONS = [
    ({"type": "normal", "mean": 50, "std": 10}, 50, 100),
    ({"type": "lognormal", "mu": 3, "sigma": 0.5}, exp(3.125), (exp(0.25) - 1) * exp(6.25)),
    ({"type": "exponential", "mean": 7}, 7, 49),
    ({"type": "poisson", "rate": 4.5}, 4.5, 4.5),
    ({"type": "poisson", "rate": 4_000}, 4_000, 4_000),
    ({"type": "binomial", "n": 20, "p": 0.3}, 6, 4.2),
    ({"type": "beta", "alpha": 2, "beta": 5, "high": 7}, 2, 49 * 10 / (49 * 8)),
    ({"type": "triangular", "low": 1, "high": 9, "mode": 3}, 13 / 3, 26 / 9),
    ({"type": "quantiles", "quantiles": [0, 1, 10]}, 3, 9.75),
    ({"type": "quantiles", "quantiles": {"0": 0, "0.9": 1, "1": 11}}, 1.05, 3.631),
]


@pytest.mark.parametrize(("rule", "mean", "variance"), DISTRIBUTIONS, ids=str)
def test_distributions_have_their_mean_and_variance(rule: Any, mean: float, variance: float) -> None:
    values = np.array(column("float", {**rule, "decimals": 6}, 40_000))
    assert abs(values.mean() - mean) < 5 * (variance / 40_000) ** 0.5 + 0.003 * mean
    assert abs(values.var() - variance) < 0.06 * variance


def test_zipf_ranks_fall_by_the_power() -> None:
    values, counts = np.unique(column("int", {"type": "zipf", "exponent": 1, "n": 20}, 40_000), return_counts=True)
    assert values.tolist() == [*range(1, 21)]
    assert abs(counts[0] / counts[9] - 10) < 2


def test_limits_and_types_of_numbers() -> None:
    assert min(column("int", {"type": "normal", "mean": 0, "std": 5, "min": 0})) == 0
    assert {str(each)[::-1].find(".") for each in column("decimal(8,3)", {"type": "normal"})} == {3}
    assert all(isinstance(each, str) for each in column("str", {"type": "poisson", "rate": 3}))


@pytest.mark.parametrize(
    ("kind", "least", "most", "different"),
    [
        ("int", -5, 5, 11),
        ("float", 0.5, 1.5, 101),
        ("decimal(6,1)", 1, 2, 11),
        ("date", "2024-01-30", "2024-02-02", 4),
        ("time", "08:00:00", "08:00:09", 10),
        ("duration", "1h", "3601s", 2),
        ("str", 1, 3, 3),
    ],
)
def test_ranges_of_every_type_are_within_their_bounds(kind: str, least: Any, most: Any, different: int) -> None:
    values = column(kind, {"type": "range", "min": least, "max": most}, 3_000)
    assert len(set(values)) == different
    keys = column(kind, {"type": "range", "min": least, "max": most}, different, constraints=["PK"])
    assert sorted(keys) == sorted(set(values)), "as a key each comes once"


def test_moments_are_from_the_clock_where_they_say_so() -> None:
    values = column("datetime", {"type": "range", "min": "now-1h", "max": "now", "step": "15min"})
    assert len(set(values)) == 5 and (max(values) - min(values)).total_seconds() == 3_600


def test_choices_weights_constants_and_nulls() -> None:
    values = column("str", {"type": "choice", "value": ["a", "b"], "weights": [9, 1]}, 5_000)
    assert 0.87 < values.count("a") / 5_000 < 0.93
    assert set(column("int", {"type": "choice", "value": {"1": 1, "2": 0}})) == {1}
    assert set(column("bool", {"type": "constant", "value": True})) == {True}
    assert 0.2 < column("int", "range", 5_000, null_share=0.25).count(None) / 5_000 < 0.3


def test_serials_and_uuids() -> None:
    assert column("int", {"type": "serial", "start": 10, "step": 5}, 3) == [10, 15, 20]
    assert len(set(column("str", {"type": "serial", "pattern": "X-###"}, 1_000, unique=True))) == 1_000
    assert len(set(column("uuid", "uuid"))) == 1_000


def test_patterns_come_once_in_keys() -> None:
    values = column("str", {"type": "pattern", "pattern": "[A-C]{2}[0-9]"}, 90, constraints=["PK"])
    assert len(set(values)) == 90 and all(re.fullmatch("[A-C]{2}[0-9]", each) for each in values)


def test_a_field_of_an_entity_and_a_generator_by_name() -> None:
    table = {
        "name": "t",
        "columns": [
            {"name": "first", "rule": "common.person.given_name"},
            {"name": "whole", "rule": "common.person.name"},
            {"name": "town", "rule": "common.address.city"},
            {"name": "other", "rule": "common.person.given_name", "of": "somebody else"},
            {"name": "german", "rule": "common.person.name", "locale": "de_DE"},
            {"name": "ean", "rule": "ean"},
        ],
    }
    made = world(table)["t"][0:200].to_arrow().to_pydict()
    assert all(first in whole for first, whole in zip(made["first"], made["whole"], strict=True)), "of one person"
    assert made["first"] != made["other"]
    assert all(len(each) == 13 for each in made["ean"])


def test_contradictions_are_refused_before_the_first_row() -> None:
    assert refused("bool", {"type": "range"}) == ["models.type_mismatch"]
    assert refused("int", {"type": "range", "min": 5, "max": 1}) == ["models.empty_range"]
    assert refused("int8", {"type": "range", "min": 0, "max": 500}) == ["models.bad_value"]
    assert refused("str", "no_such_rule_at_all") == ["models.unknown_rule"]
    assert refused("int", {"type": "choice", "value": ["a"]}) == ["models.type_mismatch"]
    assert refused("str", {"type": "pattern", "pattern": "(a"}) == ["models.bad_pattern"]
    assert refused("float", {"type": "normal", "std": -1}) == ["models.bad_value"]
    assert refused("int", {"type": "normal"}, unique=True) == ["models.cannot_be_unique"]
    assert refused("int", {"type": "expression", "expression": "c + 1"}) == ["models.circle"]
    assert refused("int", {"type": "expression", "expression": "1 +"}) == ["models.bad_expression"]
    assert refused("str", {"type": "template", "template": "{d}"}) == ["models.unknown_column"]


def test_operators_of_conditional_rules() -> None:
    conditions = [
        ("n", "==", 1, lambda n: n == 1),
        ("n", "!=", 1, lambda n: n is not None and n != 1),
        ("n", "<", 3, lambda n: n is not None and n < 3),
        ("n", "<=", 3, lambda n: n is not None and n <= 3),
        ("n", ">", 3, lambda n: n is not None and n > 3),
        ("n", ">=", 3.5, lambda n: n is not None and n >= 3.5),
        ("n", "in", [1, 5], lambda n: n in (1, 5)),
        ("n", "not in", [1, 5], lambda n: n is not None and n not in (1, 5)),
        ("n", "between", [2, 4], lambda n: n is not None and 2 <= n <= 4),
        ("n", "is null", None, lambda n: n is None),
        ("n", "is not null", None, lambda n: n is not None),
    ]
    columns = [
        {
            "name": f"c{number}",
            "type": "bool",
            "rule": {"type": "constant", "value": False},
            "conditional_rules": [
                {
                    "condition": {"column": name, "operator": operator, **({} if value is None else {"value": value})},
                    "rule": {"type": "constant", "value": True},
                }
            ],
        }
        for number, (name, operator, value, _) in enumerate(conditions)
    ]
    # The column that is compared comes last: order does not matter.
    columns.append({"name": "n", "type": "int", "rule": {"type": "range", "min": 0, "max": 6}, "null_share": 0.2})
    made = world({"name": "t", "columns": columns})["t"][0:300].to_arrow().to_pydict()
    for number, (_, operator, _, holds) in enumerate(conditions):
        assert made[f"c{number}"] == [holds(n) for n in made["n"]], operator


def test_the_first_condition_that_holds_wins_and_text_is_matched() -> None:
    table = {
        "name": "t",
        "columns": [
            {"name": "code", "rule": {"type": "pattern", "pattern": "[AB][0-9]"}},
            {
                "name": "kind",
                "conditional_rules": [
                    {
                        "condition": {"column": "code", "operator": "regex", "value": "^A"},
                        "rule": {"type": "constant", "value": "a"},
                    },
                    {"condition": "code[1] == '3'", "rule": {"type": "constant", "value": "three"}},
                ],
            },
        ],
    }
    made = world(table)["t"][0:200].to_arrow().to_pydict()
    for code, kind in zip(made["code"], made["kind"], strict=True):
        assert kind == ("a" if code[0] == "A" else "three" if code[1] == "3" else None)


def test_check_finds_what_loading_refuses(tmp_path: Any) -> None:
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps({"tables": [{"name": "t", "columns": [{"name": "c", "type": "int", "rule": "nothing_such"}]}]})
    )
    assert [each.code for each in mistakes_of(str(file))] == ["models.unknown_rule"]


def test_any_cut_gives_the_same_rows() -> None:
    table = {
        "name": "t",
        "columns": [
            {"name": "id", "type": "int", "constraints": ["PK"]},
            {"name": "code", "rule": {"type": "pattern", "pattern": "[A-Z]{2,4}"}},
            {"name": "n", "type": "float", "rule": {"type": "normal"}, "null_share": 0.1},
            {"name": "x", "type": "float", "rule": {"type": "expression", "expression": "id * 2 + random()"}},
        ],
    }
    rows = world(table)["t"]
    whole = rows[0:5_000].to_arrow().combine_chunks()
    for start, stop in ((0, 1), (17, 18), (4_000, 4_900)):
        part = rows[start:stop].to_arrow().cast(whole.schema)
        assert part.equals(whole.slice(start, stop - start))
    cut = pa.Table.from_batches(rows[0:5_000].batches(777))
    assert cut.combine_chunks().equals(whole)
