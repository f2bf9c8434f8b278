"""Models without documents: what was nested is columns and child tables, in the same ranges."""

from __future__ import annotations

from datamimic_models.loading import Model
from datamimic_models.model import Mistakes
from datamimic_models.model import Model as Tables
from datamimic_models.reading.json_schema import read_json_schema

DOCUMENT = {
    "title": "Order",
    "required": ["lines", "address"],
    "properties": {
        "address": {
            "properties": {
                "street": {"type": "string"},
                "geo": {"properties": {"x": {"type": "integer", "maximum": 9}}},
            }
        },
        "lines": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {
                "properties": {
                    "sku": {"type": "string", "pattern": "^[A-Z]{4}$"},
                    "parts": {"type": "array", "items": {"properties": {"n": {"type": ["integer", "null"]}}}},
                }
            },
        },
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}


def flat() -> Model:
    mistakes = Mistakes()
    nested: Tables = read_json_schema(DOCUMENT, mistakes, name="shop", file="shop.json")
    assert mistakes.found == []
    return Model(nested).flat()


def test_members_are_columns_and_lists_of_structs_child_tables() -> None:
    tables = {each.name: each for each in flat().tables.tables}
    assert {name: [column.name for column in each.columns] for name, each in tables.items()} == {
        "order": ["order_id", "address_street", "address_geo_x", "tags"],
        "order_lines": ["order_id", "number", "sku"],
        "order_lines_parts": ["order_lines_order_id", "order_lines_number", "number", "n"],
    }
    assert tables["order_lines"].primary_key == ("order_id", "number")
    assert tables["order_lines_parts"].column("n").nullable


def test_the_flat_model_runs_and_its_references_are_closed() -> None:
    made = flat()
    world = made.world(seed="demo")
    counts = made.counts(world)
    orders = world["shop.order"][0 : counts["order"]].to_arrow()
    lines = world["shop.order_lines"][0 : counts["order_lines"]].to_arrow().to_pylist()
    parts = world["shop.order_lines_parts"][0 : counts["order_lines_parts"]].to_arrow().to_pylist()
    assert {each["order_id"] for each in lines} == set(orders["order_id"].to_pylist())
    keys = [(each["order_id"], each["number"]) for each in lines]
    assert len(set(keys)) == len(keys) and max(number for _, number in keys) == 3
    assert {(each["order_lines_order_id"], each["order_lines_number"]) for each in parts} <= set(keys)
