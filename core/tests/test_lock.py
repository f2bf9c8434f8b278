"""datamimic.lock: written from what is installed, obeyed by commands that make values; and what stability promises."""

from __future__ import annotations

import json
import tomllib
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import datamimic.cli.group
import datamimic.cli.lock
import datamimic.world
from datamimic import DatamimicError, Pack, Registry, World, apportioned, entity, field, serial, weighted
from datamimic.cli import main
from datamimic.plugin import DatasetSource
from datamimic.reproducing.locking import (
    find_lock,
    harmless_mismatches,
    installed_lock,
    mismatches,
    read_lock,
    write_lock,
)
from datamimic.tables.build import write_table
from datamimic.tables.library import Shelf


@entity("boat", size=128)
class Boat:
    """Something that floats."""

    boat_id: str = field(serial("B-######"), key=True, doc="id")
    flag: str = field(weighted("flags"), doc="flag")
    paint: str = field(weighted("paints"), doc="paint")
    greeting: str = field(lambda flag: flag.upper(), doc="made of the flag")
    harbour: str = field(apportioned("harbours", "harbour", minimum=1), doc="harbour")


def installed(folder: Path, version: str = "1.2.3", data_version: str = "2026.11.0", red: int = 1) -> Registry:
    """A pack in a folder of its own, as if another version of it were installed."""
    place = folder / f"{version}-{data_version}-{red}"
    provenance: Any = {"source": "nobody", "licence": "CC0", "date": "2026", "method": "by hand", "grade": "E"}
    tables = {
        "flags": [("red", red), ("blue", 1)],
        "paints": [("tar", 1), ("oil", 2)],
        "harbours": [("north", 1), ("south", 2)],
    }
    for name, rows in tables.items():
        write_table(place / "data", name, None, [name[:-1], "weight"], rows, **provenance)
    catalog = place / "data" / "data.toml"
    catalog.write_text(catalog.read_text().replace("2026.11.0", data_version))
    return Registry.of(
        SimpleNamespace(
            datamimic_pack=lambda: Pack("boats", version, "Boats"),
            datamimic_entities=lambda: [Boat],
            datamimic_datasets=lambda: [DatasetSource("boats", place)],
        )
    )


def test_a_lock_reads_back_and_fits_what_it_was_made_from(tmp_path: Path) -> None:
    registry = installed(tmp_path)
    lock = installed_lock(registry, policy="warn")
    write_lock(lock, tmp_path / "datamimic.lock")
    assert read_lock(tmp_path / "datamimic.lock") == lock
    assert tomllib.loads(lock.render())["packs"]["boats"]["version"] == "1.2.3"
    assert list(mismatches(lock, registry)) == [] == harmless_mismatches(tmp_path / "datamimic.lock", registry)
    assert installed_lock(registry, policy="warn").render() == lock.render()
    with pytest.raises(DatamimicError, match="there is no pack 'boots'"):
        installed_lock(registry, ("boots",))


@pytest.mark.parametrize(
    ("change", "harmless", "what"),
    [
        ({"version": "1.2.9"}, True, "pack boats is 1.2.9, locked is 1.2.3"),
        ({"version": "1.3.0"}, False, "pack boats is 1.3.0"),
        ({"version": "2.2.3"}, False, "pack boats is 2.2.3"),
        ({"data_version": "2026.12.0"}, False, "data of pack boats is 2026.12.0"),
        ({"red": 7}, False, "tables of pack boats"),
    ],
)
def test_what_differs_is_named_and_only_a_patch_is_harmless(
    tmp_path: Path, change: dict[str, Any], harmless: bool, what: str
) -> None:
    path = tmp_path / "datamimic.lock"
    write_lock(installed_lock(installed(tmp_path)), path)
    other = installed(tmp_path, **change)
    (found,) = mismatches(read_lock(path), other)
    assert found.harmless is harmless and what in str(found)
    if harmless:
        assert harmless_mismatches(path, other) == [found]
    else:
        with pytest.raises(DatamimicError, match="locked is") as failure:
            harmless_mismatches(path, other)
        assert failure.value.code == "lock_mismatch"
        write_lock(installed_lock(installed(tmp_path), policy="warn"), path)
        assert harmless_mismatches(path, other) == [found]


def another_country(folder: Path, boats: Registry, row: str = "green") -> Registry:
    """The boats with a pack that adds a table of Austria to theirs."""
    place = folder / f"rivers-{row}"
    provenance: Any = {"source": "nobody", "licence": "CC0", "date": "2026", "method": "by hand", "grade": "E"}
    write_table(place / "data", "flags", "AT", ["flag", "weight"], [(row, 1)], **provenance)
    [own] = boats.dataset_sources("boats")
    return Registry.of(
        SimpleNamespace(
            datamimic_pack=lambda: Pack("boats", "1.2.3", "Boats"),
            datamimic_entities=lambda: [Boat],
            datamimic_datasets=lambda: [own],
        ),
        SimpleNamespace(
            datamimic_pack=lambda: Pack("rivers", "1.0", "Rivers"),
            datamimic_datasets=lambda: [DatasetSource("boats", place)],
        ),
    )


def test_a_pack_that_adds_a_country_to_another_breaks_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "datamimic.lock"
    boats = installed(tmp_path)
    write_lock(installed_lock(boats), path)
    both = another_country(tmp_path, boats)
    assert "flags_AT" in Shelf("boats", both.dataset_sources("boats")).catalog
    assert list(mismatches(read_lock(path), both)) == []
    write_lock(installed_lock(both), path)
    assert list(read_lock(path).packs["boats"].data) == ["boats", "rivers"]
    assert list(mismatches(read_lock(path), both)) == []
    (found,) = mismatches(read_lock(path), another_country(tmp_path, boats, "white"))
    assert str(found).startswith("tables of pack boats from rivers is ")
    found, gone = mismatches(read_lock(path), boats)
    assert str(found).startswith("tables of pack boats from rivers is none") and gone.what == "pack rivers"


@pytest.mark.parametrize("with_another", [False, True])
def test_a_lock_of_version_1_is_read(tmp_path: Path, with_another: bool) -> None:
    path = tmp_path / "datamimic.lock"
    boats = installed(tmp_path)
    both = another_country(tmp_path, boats)
    shelf = Shelf("boats", (both if with_another else boats).dataset_sources("boats"))
    text = "".join(f"{name}:{info.sha256}\n" for name, info in sorted(shelf.catalog.items()))
    lock = installed_lock(boats, ("boats",)).render().partition("[packs.boats.data]")[0]
    old = lock.replace("lock_version = 2", "lock_version = 1") + f'data = "{sha256(text.encode()).hexdigest()}"\n'
    path.write_text(old, encoding="utf-8")
    assert list(mismatches(read_lock(path), both)) == []
    (found,) = mismatches(read_lock(path), installed(tmp_path, red=7))
    assert "tables of pack boats" in str(found) and "by an older `dm lock`" in str(found)


def test_a_missing_pack_is_refused_and_an_added_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "datamimic.lock"
    write_lock(installed_lock(installed(tmp_path)), path)
    with pytest.raises(DatamimicError, match="pack boats is none"):
        harmless_mismatches(path, Registry.of())
    write_lock(installed_lock(Registry.of()), path)
    assert harmless_mismatches(path, installed(tmp_path)) == []


@pytest.mark.parametrize("text", ["", "lock_version = 9", 'lock_version = 1\npolicy = "no"\nengine = "1"', "[[["])
def test_a_lock_that_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "datamimic.lock").write_text(text)
    with pytest.raises(DatamimicError, match="cannot be read") as failure:
        harmless_mismatches(tmp_path / "datamimic.lock", Registry.of())
    assert failure.value.code == "bad_lock"


def test_the_nearest_lock_of_the_repository_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATAMIMIC_LOCK", raising=False)
    (tmp_path / "project" / ".git").mkdir(parents=True)
    (tmp_path / "project" / "tests").mkdir()
    (tmp_path / "datamimic.lock").touch()
    assert find_lock(tmp_path / "project" / "tests") is None
    (tmp_path / "project" / "datamimic.lock").touch()
    assert find_lock(tmp_path / "project" / "tests") == tmp_path / "project" / "datamimic.lock"
    monkeypatch.setenv("DATAMIMIC_LOCK", "off")
    assert find_lock(tmp_path / "project") is None
    monkeypatch.setenv("DATAMIMIC_LOCK", "elsewhere.lock")
    assert find_lock(tmp_path / "project") == Path("elsewhere.lock")


def test_dm_obeys_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def install(registry: Registry) -> None:
        for module in (datamimic.world, datamimic.cli.group, datamimic.cli.lock):
            monkeypatch.setattr(module, "installed_packs", lambda: registry)

    monkeypatch.delenv("DATAMIMIC_LOCK", raising=False)
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    runner = CliRunner()
    making = ["generate", "boat", "-n", "2", "--seed", "1"]
    install(installed(tmp_path))
    assert runner.invoke(main, ["lock"]).exit_code == 0
    assert runner.invoke(main, making).exit_code == 0
    assert runner.invoke(main, ["lock", "--check"]).exit_code == 0
    install(installed(tmp_path, version="1.2.4"))
    result = runner.invoke(main, making)
    assert result.exit_code == 0 and "warning: pack boats is 1.2.4" in result.stderr
    install(installed(tmp_path, red=5))
    for command in (making, ["world", "boat=1", "-o", "x"], ["explain", "boat", "1", "flag", "--seed", "1"]):
        result = runner.invoke(main, command)
        assert (
            result.exit_code == 2
            and result.stdout == ""
            and "error[lock_mismatch]: tables of pack boats" in result.stderr
        )
    result = runner.invoke(main, ["lock", "--check", "--json"])
    assert result.exit_code == 1 and json.loads(result.stdout)[0]["harmless"] is False
    assert runner.invoke(main, ["list-packs"]).exit_code == 0
    monkeypatch.setenv("DATAMIMIC_LOCK", "off")
    assert runner.invoke(main, making).exit_code == 0


# -- docs/explanation/stability.md --------------------------------------------------------------------------------


def moved(before: Registry, after: Registry, **world: Any) -> set[str]:
    one = World("stable", packs=before)[Boat][0:500].to_arrow().to_pydict()
    two = World("stable", packs=after, **world)[Boat][0:500].to_arrow().to_pydict()
    return {name for name in one if one[name] != two[name]}


def test_a_patch_and_a_minor_version_move_no_value(tmp_path: Path) -> None:
    assert moved(installed(tmp_path), installed(tmp_path, version="1.2.9")) == set()
    assert moved(installed(tmp_path), installed(tmp_path, version="1.3.0", data_version="2026.11.1")) == set()


def test_new_data_moves_the_fields_that_read_it_and_what_is_made_of_them(tmp_path: Path) -> None:
    assert moved(installed(tmp_path), installed(tmp_path, data_version="2026.12.0", red=3)) == {"flag", "greeting"}


def test_another_size_moves_only_what_is_apportioned(tmp_path: Path) -> None:
    assert moved(installed(tmp_path), installed(tmp_path), sizes={"boats.boat": 64}) == {"harbour"}
