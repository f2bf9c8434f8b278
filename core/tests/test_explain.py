"""Explanations: every field of every entity has one, it reaches the seed, and it replays."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from fleet import DATA, Depot, Trip, Van, Vehicle, registry

import datamimic.cli.group
import datamimic.world
from datamimic import DatamimicError, DatasetSource, Pack, Registry, World, entity, field
from datamimic.base.observation import WATCHING
from datamimic.cli import main
from datamimic.draws.draw import hash_rows, stream_key
from datamimic.model.instances import plain
from datamimic.reproducing.explanation import explain, render, replay
from datamimic.tables.build import write_table

PACKS = registry()
WORLD = World("explain", packs=PACKS)


def fields() -> list[tuple[str, str]]:
    found = []
    for name in PACKS.entities():
        spec = WORLD.spec(name)
        for each in spec.fields.values():
            found.append((name, each.name))
            if each.is_column and each.is_relation:
                found.append((name, each.column_name))
            if each.is_embedded:
                found += [(name, f"{each.name}.{part}") for part in WORLD.spec(each.kind.python).fields]
    # A trip's parent is a vehicle: a van inherits the field, but has no trips that could be found.
    found.remove(("fleet.van", "trips"))
    return found


@pytest.mark.parametrize(("entity", "field"), fields())
def test_every_field_is_explained_and_replays(entity: str, field: str) -> None:
    document = json.loads(json.dumps(explain(WORLD, entity, 17, field)))
    assert replay(document, PACKS) == []
    lines = list(render(document))
    assert lines[0].startswith(f"{entity}, row 17, {field} = ") and "seed 'explain'" in lines[1]
    assert document["roots"]
    made = WORLD[entity][17]
    expected: Any = made
    for part in field.split("."):
        expected = getattr(expected, part)
    if isinstance(expected, list) and expected and hasattr(type(expected[0]), "__entity__"):
        assert document["value"]["count"] == len(expected)
    elif not hasattr(type(expected), "__entity__"):
        assert document["value"] == plain(expected)


def nodes(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["field"]: node for node in document["nodes"]}


def test_draws_table_rows_and_inputs_are_those_of_the_value() -> None:
    document = explain(WORLD, Vehicle, 3, "trim")
    (root,) = document["roots"]
    node = document["nodes"][root]
    assert node["field"] == "fleet.vehicle.trim" and node["made_by"]["name"] == "Weighted"
    (draw,) = node["draws"]
    assert draw["address"] == ["explain", "US", "fleet.vehicle", "trim", ""]
    assert draw["bits"] == [f"{hash_rows(stream_key(*draw['address']), np.array([3]))[0]:016x}"]
    (table,) = node["tables"]
    (row,) = table["rows"]
    line = (DATA / table["file"]).read_text("utf-8").splitlines()[row["line"] - 1]
    assert line == ",".join(row["cells"].values()) and document["value"] in line.split(",")
    kind = document["nodes"][node["inputs"][0]]
    assert kind["field"] == "fleet.vehicle.kind" and kind["values"] == [row["cells"]["kind"]]


def test_rows_of_number_columns_are_seen_and_loops_over_them_are_not(tmp_path: Path) -> None:
    provenance: Any = {"source": "x", "licence": "CC0", "date": "2026", "method": "by hand", "grade": "E"}
    write_table(tmp_path / "data", "sizes", None, ["size", "weight"], [(10, 1), (20, 2), (30, 1)], **provenance)

    def drawn(data: Any, draw: Any) -> Any:
        table = data["sizes"]
        assert [int(value) for value in table.ints("size")] == [10, 20, 30]
        return table.ints("size")[draw.integers(0, 2)] + 0

    @entity("parcel")
    class Parcel:
        """A parcel."""

        size: int = field(drawn, doc="size")

    packs = Registry.of(
        SimpleNamespace(
            datamimic_pack=lambda: Pack("parcels", "1", "Parcels"),
            datamimic_entities=lambda: [Parcel],
            datamimic_datasets=lambda: [DatasetSource("parcels", tmp_path)],
        )
    )
    document = explain(World("numbers", packs=packs), Parcel, 4, "size")
    (table,) = document["nodes"][0]["tables"]
    assert [row["cells"]["size"] for row in table["rows"]] == [str(document["value"])]
    assert table["source"]["grade"] == "E" and table["how"] == ["asked for", "taken"]
    assert replay(json.loads(json.dumps(document)), packs) == []


@pytest.mark.slow
@pytest.mark.parametrize("step", [25, pytest.param(1, marks=pytest.mark.thorough)])
def test_fields_of_the_installed_packs_are_explained(step: int) -> None:
    """Every one of them, or one in twenty-five."""
    world = World("packs")
    fields = [(name, each) for name in world.packs.entities() for each in world.spec(name).fields]
    for name, each in fields[::step]:
        assert json.loads(json.dumps(explain(world, name, 17, each)))["roots"], f"{name}.{each}"


def test_rules_name_their_source() -> None:
    made = nodes(explain(WORLD, Vehicle, 3, "label"))["fleet.vehicle.label"]["made_by"]
    assert made["kind"] == "rule" and made["name"] == "label"
    assert Path(made["file"]).read_text("utf-8").splitlines()[made["line"] - 1].startswith("def label(")
    assert nodes(explain(WORLD, Vehicle, 3, "nickname"))["fleet.vehicle.nickname"]["made_by"]["kind"] == "row rule"


def test_references_are_followed_to_the_rows_of_other_entities() -> None:
    document = explain(WORLD, Trip, 40, "region")
    found = nodes(document)
    trip = WORLD[Trip][40]
    vehicle = found["fleet.trip.vehicle"]["refers_to"]
    assert vehicle["entity"] == "fleet.vehicle"
    assert WORLD[Vehicle][vehicle["rows"][0]].vehicle_id == trip.vehicle_id
    depot = found["fleet.vehicle.depot"]["refers_to"]
    assert WORLD[Depot][depot["rows"][0]].region == document["value"] == trip.region
    assert found["fleet.depot.region"]["rows"] == depot["rows"]


def test_items_of_lists_and_maps_are_reached() -> None:
    row = next(row for row in range(50) if WORLD[Vehicle][row].stops)
    place = WORLD[Vehicle][row].stops[0].place
    assert explain(WORLD, Vehicle, row, "stops.0.place")["value"] == place
    assert explain(WORLD, Vehicle, row, "stops.place")["value"][0] == place
    assert explain(WORLD, Vehicle, row, "depot.spare.code")["value"] == WORLD[Vehicle][row].depot.spare.code
    for wrong in ("stops.9.place", "stops.0.nothing", "nothing", "depot.nothing", "kind.nothing"):
        with pytest.raises(DatamimicError, match="there is no"):
            explain(WORLD, Vehicle, row, wrong)


def test_watching_changes_nothing_and_ends() -> None:
    before = World("w", packs=PACKS)[Van][0:50].to_arrow()
    explain(World("w", packs=PACKS), Van, 17, "stops")
    assert WATCHING.get() is None
    assert World("w", packs=PACKS)[Van][0:50].to_arrow().equals(before)
    with pytest.raises(DatamimicError):
        explain(WORLD, Van, 17, "nothing")
    assert WATCHING.get() is None


def test_a_document_that_was_changed_does_not_replay() -> None:
    document = json.loads(json.dumps(explain(WORLD, Trip, 40, "region")))

    def changed(edit: Any) -> list[str]:
        other = copy.deepcopy(document)
        edit(other)
        return replay(other, PACKS)

    def of(other: dict[str, Any], field: str) -> dict[str, Any]:
        return nodes(other)[field]

    assert changed(lambda d: d.update(value="moon"))
    assert changed(lambda d: d["world"].update(seed="another"))
    assert changed(lambda d: d.update(row=41))
    assert changed(lambda d: of(d, "fleet.vehicle.region")["draws"][0].update(bits=["0" * 16]))
    assert changed(lambda d: of(d, "fleet.vehicle.region")["tables"][0]["rows"][0]["cells"].update(region="moon"))
    assert changed(lambda d: of(d, "fleet.trip.vehicle").update(values=[1]))
    assert changed(lambda d: d["nodes"].pop())
    with pytest.raises(DatamimicError, match="no explanation"):
        replay({}, PACKS)


def test_options_of_the_entity_are_part_of_the_explanation() -> None:
    world = World("o", packs=PACKS).with_options(Vehicle, max_km=10)
    document = explain(world, Vehicle, 5, "kilometres")
    assert document["value"] <= 10 and document["world"]["options"] == {"fleet.vehicle": {"max_km": 10}}
    assert replay(json.loads(json.dumps(document)), PACKS) == []


def test_dm_explain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(datamimic.world, "installed_packs", lambda: PACKS)
    monkeypatch.setattr(datamimic.cli.group, "installed_packs", lambda: PACKS)
    runner = CliRunner()
    arguments = ["explain", "vehicle", "17", "label", "--seed", "demo", "--set", "max_km=500", "--locale", "de_DE"]
    result = runner.invoke(main, arguments)
    assert result.exit_code == 0 and "rule label" in result.stdout and "locale de_DE" in result.stdout
    assert len(runner.invoke(main, [*arguments, "--depth", "1"]).stdout) < len(result.stdout)
    document = runner.invoke(main, [*arguments, "--json"]).stdout
    assert runner.invoke(main, ["explain", "--replay", "-"], input=document).exit_code == 0
    (tmp_path / "changed.json").write_text(document.replace('"seed": "demo"', '"seed": "other"'))
    assert runner.invoke(main, ["explain", "--replay", str(tmp_path / "changed.json")]).exit_code == 1
    path = World("demo", packs=PACKS)[Vehicle][0:5].write(tmp_path / "v.csv")
    from_manifest = runner.invoke(main, ["explain", "vehicle", "3", "kind", "--manifest", str(path), "--json"]).stdout
    assert json.loads(from_manifest)["value"] == World("demo", packs=PACKS)[Vehicle][3].kind
    for wrong in (["vehicle", "17", "label"], ["vehicle", "17"], ["vehicle", "17", "lable", "--seed", "1"]):
        assert runner.invoke(main, ["explain", *wrong]).exit_code == 2
