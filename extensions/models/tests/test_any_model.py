"""Models of any shape: any slice and any batch give the same bytes, keys come once, foreign keys are closed."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datamimic_models.loading import Model
from datamimic_models.model import Mistakes
from datamimic_models.printing.text import to_yaml
from datamimic_models.reading.tables_files import document_part
from datamimic_models.reading.tables_language import model_of

NAMES = st.text(st.sampled_from("abcXYZ _-.éß日1/\"'"), min_size=1, max_size=8).filter(lambda name: name.strip() != "")
RULES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"type": "int", "rule": {"type": "range", "min": -5, "max": 50}},
        {"type": "float", "rule": {"type": "normal", "mean": 3}},
        {"type": "decimal(9,3)", "rule": {"type": "range", "min": 0, "max": 2}},
        {"type": "date", "rule": {"type": "range", "min": "2020-01-01", "max": "2021-01-01"}},
        {"type": "datetime", "rule": "range"},
        {"type": "time", "rule": "range"},
        {"type": "bool"},
        {"type": "uuid"},
        {"type": "str", "rule": {"type": "choice", "value": {"a": 3, "b": 1}}},
        {"type": "str", "rule": {"type": "pattern", "pattern": "[A-Z]{1,3}[0-9]?"}},
        {"type": "str", "rule": {"type": "states", "transitions": {"x": {"y": 1}, "y": {"x": 1, "z": 1}}}},
        {"type": "list[int]"},
        {"type": "str(5)"},
    ]
)
KEYS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"type": "int", "rule": {"type": "range", "min": 10, "max": 400}},
        {"type": "int"},
        {"type": "str", "rule": {"type": "pattern", "pattern": "[A-Z]{2}[0-9]{2}"}},
        {"type": "str", "rule": {"type": "serial", "pattern": "K-####"}},
        {"type": "uuid"},
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Tables, each of which may refer to itself and to those before it, in every way."""
    tables: list[dict[str, Any]] = []
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    for name in names:
        own = draw(st.lists(NAMES, min_size=3, max_size=6, unique=True))
        key = draw(KEYS)
        columns = [{"name": own[0], "constraints": ["PK"], **key}]
        keys = []
        rest = own[1:]
        counted = False
        for target in [*tables, {"name": name, "columns": columns}]:
            if len(rest) > 1 and draw(st.booleans()):
                column = rest.pop()
                kind = target["columns"][0]["type"]
                own_key: dict[str, Any] = {
                    "parent_table": target["name"],
                    "parent_column": target["columns"][0]["name"],
                    "child_column": column,
                }
                to_itself = target["name"] == name
                how = draw(st.sampled_from(["plain", "null", "counted", "once"]))
                if how == "null":
                    own_key["null_share"] = 0.3
                elif how == "counted" and not to_itself and not counted:
                    own_key["children"], counted = {"min": 0, "max": 3}, True
                elif how == "once" and not to_itself and not target.get("counted"):
                    own_key["pick"] = "once"
                columns.append({"name": column, "type": kind})
                keys.append(own_key)
        columns += [
            {"name": each, **draw(RULES), **({"null_share": 0.2} if draw(st.booleans()) else {})} for each in rest
        ]
        table: dict[str, Any] = {"name": name, "columns": columns, "foreign_keys": keys, "counted": counted}
        if not counted:
            table["rows"] = 60 if any(each.get("pick") == "once" for each in keys) else draw(st.integers(60, 120))
        tables.append(table)
    return {"name": "own", "tables": [{k: v for k, v in each.items() if k != "counted"} for each in tables]}


def loaded(document: dict[str, Any]) -> Model:
    mistakes = Mistakes()
    model = model_of(document_part(json.dumps(document), None, mistakes), "own", mistakes)
    mistakes.refuse()
    again = model_of(document_part(to_yaml(model), None, mistakes), "own", mistakes)
    assert again == model
    return Model.checked(model)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(documents())
def test_rows_of_any_model(document: dict[str, Any]) -> None:
    model = loaded(document)
    world = model.world("demo")
    counts = model.counts(world)
    whole = {
        name: world[model.plan.path(name)][0:count].to_arrow().combine_chunks()
        for name, count in counts.items()
        if count
    }
    for table in document["tables"]:
        if table["name"] not in whole:
            continue
        rows, made = world[model.plan.path(table["name"])], whole[table["name"]]
        keys = made.column(table["columns"][0]["name"]).to_pylist()
        assert len(set(keys)) == len(keys) and None not in keys, "keys come once"
        for key in table["foreign_keys"]:
            values = {*made.column(key["child_column"]).to_pylist()} - {None}
            assert values <= {*whole[key["parent_table"]].column(key["parent_column"]).to_pylist()}, "keys are closed"
            if key.get("pick") == "once":
                shown = [each for each in made.column(key["child_column"]).to_pylist() if each is not None]
                assert len(set(shown)) == len(shown)
        cut = pa.Table.from_batches(rows[0 : made.num_rows].batches(37)).cast(made.schema).combine_chunks()
        assert cut.equals(made), "any batch gives the same"
        middle = made.num_rows // 3
        part = rows[middle : middle + 11].to_arrow().cast(made.schema).combine_chunks()
        assert part.equals(made.slice(middle, part.num_rows)), "any slice gives the same"
