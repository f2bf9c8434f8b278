"""An entity that is renamed keeps its values where it says what it was called, and verification names what happened."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import frozen

from datamimic import (
    Generator,
    Pack,
    Registry,
    World,
    apportioned,
    children,
    embed,
    entity,
    field,
    number,
    parent,
    serial,
)
from datamimic.errors import DefinitionError, UnknownName
from datamimic.plugin import DatasetSource
from datamimic.related.closure import close
from datamimic.related.writing import write_set
from datamimic.reproducing.verification import render, verify
from datamimic.tables.build import write_table
from datamimic.testing import pack_contract


@entity("place")
class Place:
    """Where a meter is."""

    floor: int = field(number(0, 9), doc="floor")


def readings(name: str, **settings: Any) -> type:
    @entity(name, size=64, **settings)
    class Reading:
        """What a meter shows."""

        reading_id: str = field(serial("R-####"), key=True, doc="id")
        value: int = field(number(0, 1_000_000), doc="value")
        region: str = field(apportioned("regions", "region", minimum=1), doc="region")
        place: Place = field(embed(Place), doc="place")
        again: int = field(lambda notes: notes.counts, doc="notes")
        notes: list[Any] = field(children("energy.note"), doc="notes")

    return Reading


def energy(folder: Path, *names: tuple[str, dict[str, Any]], pack: str = "energy") -> Registry:
    """The pack with readings under each of these names, and notes on the first."""
    made = [readings(name, **settings) for name, settings in names]
    write_table(folder / "data", "regions", None, ["region", "weight"], [("north", 2), ("south", 1)], **PROVENANCE)

    @entity("note", size=64)
    class Note:
        """A note on a reading."""

        note_id: str = field(serial("N-####"), key=True, doc="id")
        reading: made[0] = field(parent(made[0], counts={0: 1, 2: 1}), doc="reading")  # type: ignore[valid-type]

    also = [f"{alias} = {__name__}:ALIASED" for _, settings in names for alias in settings.get("aliases", ())]
    globals()["ALIASED"] = made[0]
    hooks: dict[str, Any] = {
        "pack": Pack(pack, "1.0", "Energy"),
        "entities": [*made, Note, *also],
        "datasets": [DatasetSource(pack, folder)],
    }
    return Registry.of(SimpleNamespace(**{f"datamimic_{hook}": _returning(value) for hook, value in hooks.items()}))


PROVENANCE: Any = {"source": "nobody", "licence": "CC0", "date": "2026", "method": "by hand", "grade": "E"}


def _returning(value: Any) -> Any:
    return lambda: value


def rows(packs: Registry, name: str) -> Any:
    return World("demo", packs=packs)[name][0:50].to_arrow()


def test_a_renamed_entity_keeps_its_values(tmp_path: Path) -> None:
    before = rows(energy(tmp_path, ("reading", {})), "energy.reading")
    kept = energy(tmp_path, ("meter_reading", {"stream": "reading"}))
    assert rows(kept, "energy.meter_reading").equals(before)
    assert rows(kept, "energy.reading").equals(before), "the old name finds it"
    assert rows(kept, "reading").equals(before)
    moved = rows(energy(tmp_path, ("meter_reading", {"aliases": ["reading"]})), "energy.meter_reading")
    assert not moved.equals(before), "without a stream its name decides"
    world = World("demo", packs=kept)
    key = before["reading_id"][17].as_py()
    assert world["energy.meter_reading"].find(key) == 17
    assert world.path(world.spec("energy.reading")) == "energy.meter_reading"
    with pytest.raises(UnknownName, match="raeding"):
        world["energy.raeding"]


def test_sizes_and_options_may_have_the_old_name(tmp_path: Path) -> None:
    packs = energy(tmp_path, ("meter_reading", {"stream": "reading"}))
    assert World(1, packs=packs, sizes={"energy.reading": 7}).origin.sizes == {"energy.meter_reading": 7}


def test_an_entity_may_move_to_another_pack(tmp_path: Path) -> None:
    before = rows(energy(tmp_path, ("reading", {})), "energy.reading")
    now = energy(tmp_path, ("meter_reading", {"stream": "energy.reading"}), pack="grid")
    columns = ["reading_id", "value", "region", "place"]
    assert (
        World("demo", packs=now)["grid.meter_reading"].select(columns)[0:50].to_arrow().equals(before.select(columns))
    )


@pytest.mark.parametrize("stream", ["", "Reading", "a.b.c", "reading "])
def test_a_stream_is_a_name(stream: str) -> None:
    with pytest.raises(DefinitionError, match="is no stream of the entity meter_reading") as caught:
        readings("meter_reading", stream=stream)
    assert caught.value.code == "bad_entity"


def test_two_entities_with_one_stream_are_found(tmp_path: Path) -> None:
    packs = energy(tmp_path, ("reading", {}), ("meter_reading", {"stream": "reading"}))
    contract: Any = pack_contract("energy", packs=packs)()
    with pytest.raises(AssertionError, match="reading and meter_reading both draw by reading"):
        contract.test_no_two_entities_draw_by_one_name()


@frozen
class Verified:
    holds: bool
    text: str


def verified(path: Path, packs: Registry) -> Verified:
    report = verify(path, packs=packs)
    return Verified(report.holds, "\n".join(render(report)))


def test_verification_names_a_rename(tmp_path: Path) -> None:
    old = energy(tmp_path, ("reading", {}))
    path = World("demo", packs=old)["energy.reading"][0:50].write(tmp_path / "readings.csv")
    found = verified(path, energy(tmp_path, ("meter_reading", {"stream": "reading"})))
    assert found.holds and "entity energy.reading is called energy.meter_reading" in found.text
    assert "without effect on these values" in found.text and "stream=" not in found.text
    found = verified(path, energy(tmp_path, ("meter_reading", {"aliases": ["reading"]})))
    assert not found.holds, "its values are others"
    assert "explained by: the new name of energy.reading, by which its values are drawn" in found.text
    assert 'stream="reading"' in found.text


def test_verification_of_a_set_names_a_rename(tmp_path: Path) -> None:
    world = World("demo", packs=energy(tmp_path, ("reading", {})))
    write_set(close(world, {"energy.reading": 20, "energy.note": "all"}), tmp_path / "set", "csv")
    found = verified(tmp_path / "set", energy(tmp_path, ("meter_reading", {"stream": "reading"})))
    assert found.holds and "entity energy.reading is called energy.meter_reading" in found.text


def test_generators_see_the_new_name_in_messages(tmp_path: Path) -> None:
    class Failing(Generator[int]):
        """Fails."""

        def column(self, context: Any) -> Any:
            raise KeyError("gone")

    @entity("meter_reading", stream="reading")
    class Broken:
        value: int = field(Failing())

    with pytest.raises(DefinitionError, match=r"meter_reading\.value"):
        World(1, packs=energy(tmp_path, ("reading", {})))[Broken][0:1].to_arrow()
