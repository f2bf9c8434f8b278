"""The contract of a world, property by property: what is asked for, and how, never moves a value."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from fleet import Depot, Trip, Van, Vehicle, registry
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import Registry, World, entity, field
from datamimic.output.digest import rows_digest

ENTITIES = ("vehicle", "van", "depot", "trip")
PACKS = registry()
WORLD = World("fleet", packs=PACKS)
WHOLE = {name: WORLD[name][0:60].to_arrow().to_pylist() for name in ENTITIES}


@given(name=st.sampled_from(ENTITIES), start=st.integers(0, 60), stop=st.integers(0, 60), batch=st.integers(1, 70))
def test_any_slice_and_batch_size_gives_the_same_values(name: str, start: int, stop: int, batch: int) -> None:
    rows = World("fleet", packs=PACKS)[name][start:stop]
    table = pa.Table.from_batches(rows.batches(batch), schema=rows.schema())
    assert table.to_pylist() == WHOLE[name][start:stop]


@given(name=st.sampled_from(ENTITIES), data=st.data())
def test_any_columns_in_any_order_give_the_same_values(name: str, data: st.DataObject) -> None:
    columns = data.draw(st.lists(st.sampled_from([*WHOLE[name][0]]), min_size=1, unique=True))
    table = WORLD[name][0:60].select(columns).to_arrow()
    assert table.column_names == columns
    assert table.to_pylist() == [{column: row[column] for column in columns} for row in WHOLE[name]]


@given(name=st.sampled_from(ENTITIES), rows=st.lists(st.integers(0, 59), min_size=1, max_size=80))
def test_any_order_and_repetition_of_rows_gives_the_same_entities(name: str, rows: list[int]) -> None:
    view = World("fleet", packs=PACKS)[name]
    expected = [entity.to_dict() for entity in view[0:60]]
    assert [entity.to_dict() for entity in view.objects(np.array(rows))] == [expected[row] for row in rows]


@given(seed=st.one_of(st.integers(), st.text(min_size=1)), row=st.integers(0, 2**40))
@settings(max_examples=50)
def test_a_far_row_alone_is_what_it_is_in_its_neighbourhood(seed: str | int, row: int) -> None:
    world = World(seed, packs=PACKS)
    view = world["trip"].select(["number", "fare", "fares_so_far", "region"])
    alone = view[row : row + 1].to_arrow().to_pylist()
    assert view[max(0, row - 3) : row + 4].to_arrow().to_pylist()[min(3, row)] == alone[0]


def test_a_prefix_is_the_beginning_of_more(world: World) -> None:
    for name in ENTITIES:
        assert world[name][0:10].to_arrow().to_pylist() == world[name][0:5_000].to_arrow().to_pylist()[:10]


def test_batches_and_single_rows_agree_across_the_cache_of_small_targets(world: World) -> None:
    many = (
        world["vehicle"][0:5_000].select(["depot_id", "depot.region_name", "spare_depot.region"]).to_arrow().to_pylist()
    )
    for row in (0, 17, 4_999):
        fresh = World("fleet", packs=PACKS)["vehicle"][row]
        assert many[row] == {
            "depot_id": fresh.depot_id,
            "depot.region_name": fresh.depot.region_name,
            "spare_depot.region": fresh.spare_depot.region,
        }


def test_42_is_the_seed_that_the_text_42_is(packs: Registry) -> None:
    assert rows_digest(World(42, packs=packs)[Vehicle][0:50]) == rows_digest(World("42", packs=packs)[Vehicle][0:50])
    assert rows_digest(World(42, packs=packs)[Vehicle][0:50]) != rows_digest(World(43, packs=packs)[Vehicle][0:50])


def test_another_field_moves_no_value(packs: Registry) -> None:
    @entity("gadget")
    class Gadget:
        """Before."""

        first: int = field(lambda draw: draw.integers(0, 10**9))
        last: int = field(lambda draw: draw.integers(0, 10**9))

    before = World(1, packs=packs)[Gadget][0:100].to_arrow()

    @entity("gadget")
    class More:
        """After."""

        first: int = field(lambda draw: draw.integers(0, 10**9))
        middle: int = field(lambda draw: draw.integers(0, 10**9))
        last: int = field(lambda draw: draw.integers(0, 10**9))

    after = World(1, packs=packs)[More][0:100].to_arrow()
    assert after.select(["first", "last"]).to_pylist() == before.to_pylist()
    assert before["first"].to_pylist() != before["last"].to_pylist()


def test_another_pack_moves_no_value(packs: Registry) -> None:
    import types

    from datamimic import Pack, hookimpl

    other = types.ModuleType("other_plugin")
    other.datamimic_pack = hookimpl(lambda: Pack("other", "1", "another pack"))  # type: ignore[attr-defined]
    import fleet

    both = Registry.of(fleet, other)
    assert rows_digest(World("fleet", packs=both)[Trip][0:500]) == rows_digest(World("fleet", packs=packs)[Trip][0:500])


SCRIPT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from datamimic import World
from datamimic.output.digest import rows_digest
from fleet import registry
world = World("fleet", "DE" if len(sys.argv) > 2 else "US", packs=registry())
print(json.dumps({name: rows_digest(world[name][0:2000]) for name in ("vehicle", "van", "depot", "trip")}))
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kolkata", "LC_ALL": "C"},
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"},
    ],
)
def test_process_hash_seed_time_zone_and_locale_environment_do_not_matter(environment: dict[str, str]) -> None:
    here = str(Path(__file__).parent)
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, here],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    world = World("fleet", "US", packs=PACKS)
    assert json.loads(result.stdout) == {name: rows_digest(world[name][0:2000]) for name in ENTITIES}


GOLDEN = {
    "US": {
        "vehicle": "a86b6c333fa65a0c955c33f7baab7430942f3108efaf1f6cebf03105712ee547",
        "van": "2d7c1362c3f68cbd7e3b74609c410f73108c45fda1528a51ad31d7975d03f049",
        "depot": "003eef412ab3bab6cb5b79e95561ae7a98a937458cf6dc777a8113ca199acc55",
        "trip": "b674883b69466115924ddd3d7eb8627e07e82e0da360c90f9e4d235be92e24cc",
    },
    "DE": {
        "vehicle": "a81150b8ea4cab95b41a2ae48bd46e06f5752c756347269460d7b9a5f0156a7f",
        "van": "044333db6566dbb8011e051882c60ef4176a5438f7ee2a851c3a626353722786",
        "depot": "8b7cb33eeaf6f45b3ff66df9a0c63aadf588b677146cbbbb9833b2e1fd6c727b",
        "trip": "d4c9688f00be7eb666b8251826352d75d49109645b00611073cbe0bd6bde2fcd",
    },
}


@pytest.mark.parametrize("country", GOLDEN)
@pytest.mark.parametrize("cls", [Vehicle, Van, Depot, Trip])
def test_golden_digests(country: str, cls: type) -> None:
    """A change here moves bytes for users: it needs an entry in the changelog and a new version."""
    name = {Vehicle: "vehicle", Van: "van", Depot: "depot", Trip: "trip"}[cls]
    assert rows_digest(World("golden", country, packs=PACKS)[cls][0:1000]) == GOLDEN[country][name]
