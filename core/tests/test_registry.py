"""The registry on plugins made in memory; tests/hostile has the same with installed distributions."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from datamimic.errors import DatamimicError, DefinitionError, PackError, UnknownName
from datamimic.plugin import API_LEVEL, DatasetSource, Pack, hookimpl, lazy_exports
from datamimic.plugins.loading import load
from datamimic.plugins.registry import Registry


class Vehicle:
    """A thing on wheels."""

    __entity__ = SimpleNamespace(name="vehicle")


class ElectricVehicle(Vehicle):
    """Inherits the entity's attribute without being one."""


class PlateGenerator:
    """Makes plates."""


class PlatesFormat:
    name = "plates"


HERE = Vehicle.__module__


def plugin(name: str = "fleet", *, api_level: int = API_LEVEL, **hooks: Any) -> SimpleNamespace:
    """A plugin object; a keyword that is no function becomes a hook that returns it."""

    def returning(value: object) -> Callable[[], object]:
        return value if callable(value) else lambda: value

    pack = Pack(name, "1.2.0", "Vehicles", api_level=api_level)
    functions = {f"datamimic_{hook}": returning(value) for hook, value in hooks.items()}
    return SimpleNamespace(datamimic_pack=lambda: pack, **functions)


def error_of(broken: object) -> DatamimicError:
    [record] = Registry.of(broken).packs()
    assert record.status in ("broken", "incompatible")
    assert record.error is not None
    assert (record.entities, record.generators, record.formats, record.locales) == (0, 0, 0, ())
    return record.error


def test_a_pack_and_what_it_brings() -> None:
    registry = Registry.of(plugin(entities=[Vehicle], generators=(PlateGenerator,), formats=iter([PlatesFormat])))
    [record] = registry.packs()
    assert (record.name, record.version, record.summary, record.status) == ("fleet", "1.2.0", "Vehicles", "ok")
    assert (record.entities, record.generators, record.formats, record.error) == (1, 1, 1, None)
    assert registry.entity("vehicle") is registry.entity("fleet.vehicle") is Vehicle
    assert dict(registry.entities()) == {"fleet.vehicle": Vehicle}
    assert registry.generator("PlateGenerator") is registry.generators()["fleet.PlateGenerator"] is PlateGenerator
    assert registry.format("plates") is registry.formats()["plates"] is PlatesFormat
    assert registry.pack_of(Vehicle) == "fleet"
    assert registry.pack_of(dict) is None


def test_texts_stand_for_classes_and_are_imported_when_read() -> None:
    registry = Registry.of(plugin(entities=[f"{HERE}:Vehicle", "car = no_such_module:Car", "no_such_module:BigRedBus"]))
    assert list(registry.entities()) == ["fleet.vehicle", "fleet.car", "fleet.big_red_bus"]
    assert registry.entity("vehicle") is Vehicle
    assert registry.pack_of(Vehicle) == "fleet"
    with pytest.raises(PackError, match="cannot import no_such_module:Car: ModuleNotFoundError") as caught:
        registry.entity("fleet.car")
    assert caught.value.code == "pack_import_failed"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (f"car = {HERE}:Vehicle", "name_mismatch", f"register it as 'vehicle = {HERE}:Vehicle'"),
        (f"{HERE}:Vehicel", "bad_hook", "did you mean 'Vehicle'"),
        (f"{HERE}:ElectricVehicle", "bad_hook", "needs the decorator @entity"),
    ],
)
def test_texts_that_lead_to_no_entity(text: str, code: str, words: str) -> None:
    registry = Registry.of(plugin(entities=[text]))
    [name] = registry.entities()
    with pytest.raises(PackError, match=words) as caught:
        registry.entity(name)
    assert caught.value.code == code


def test_a_definition_error_passes_unchanged() -> None:
    error = DefinitionError("cycle", "a -> b -> a")

    def entities() -> list[type]:
        raise error

    assert error_of(plugin(entities=entities)) is error


def test_unknown_names_have_suggestions() -> None:
    registry = Registry.of(plugin(entities=[Vehicle], formats=[PlatesFormat], generators=[PlateGenerator]))
    for ask, name, hint in (
        (registry.entity, "vehicel", "did you mean 'fleet.vehicle'?"),
        (registry.entity, "fleets.vehicle", "did you mean 'fleet.vehicle'?"),
        (registry.entity, "retail.basket", "no pack 'retail' is installed; see `dm list-packs`"),
        (registry.generator, "PlateGen", "did you mean 'fleet.PlateGenerator'?"),
        (registry.format, "paltes", "did you mean 'plates'?"),
        (registry.pack, "flet", "did you mean 'fleet'?"),
        (registry.dataset_sources, "flet", "did you mean 'fleet'?"),
    ):
        with pytest.raises(UnknownName) as caught:
            ask(name)
        assert caught.value.hint == hint


def test_a_name_of_two_packs_must_be_written_with_its_pack() -> None:
    registry = Registry.of(
        plugin("fleet", entities=[Vehicle], formats=[PlatesFormat], generators=[PlateGenerator]),
        plugin("rental", entities=[Vehicle], formats=[PlatesFormat], generators=[PlateGenerator]),
    )
    with pytest.raises(PackError, match=r"'vehicle' is in fleet \(.*\) and rental") as caught:
        registry.entity("vehicle")
    assert caught.value.code == "ambiguous_name"
    assert caught.value.hint == "write 'fleet.vehicle' or 'rental.vehicle'"
    with pytest.raises(PackError, match="write 'fleet.PlateGenerator' or"):
        registry.generator("PlateGenerator")
    with pytest.raises(PackError, match="write 'fleet.plates' or"):
        registry.format("plates")
    assert registry.entity("rental.vehicle") is Vehicle
    assert set(registry.formats()) - set(Registry.of().formats()) == {"fleet.plates", "rental.plates"}
    assert [note.partition(" (")[0] for note in registry.packs()[0].notes] == [
        "entity 'vehicle' is also in rental",
        "generator 'PlateGenerator' is also in rental",
        "format 'plates' is also in rental",
    ]


def test_the_formats_of_the_core_stay_its_own() -> None:
    class CsvFormat:
        name = "csv"

    registry = Registry.of(plugin(formats=[CsvFormat]))
    assert registry.format("csv") is registry.formats()["csv"] is not CsvFormat
    assert registry.format("fleet.csv") is registry.formats()["fleet.csv"] is CsvFormat
    assert [note.partition(" (")[0] for note in registry.packs()[0].notes] == ["format 'csv' is also in core"]
    for name, format in Registry.of().formats().items():
        assert vars(format)["name"] == name


def test_two_packs_of_one_name_are_both_refused() -> None:
    registry = Registry.of(plugin(entities=[Vehicle]), plugin())
    records = registry.packs()
    assert [(record.name, record.status, record.entities) for record in records] == [("fleet", "broken", 0)] * 2
    with pytest.raises(PackError, match=r"comes from .* and from ") as caught:
        registry.entity("fleet.vehicle")
    assert caught.value.code == "pack_collision"


def test_no_pack_may_be_called_core() -> None:
    assert "comes from datamimic-core and from" in error_of(plugin("core")).message


def test_a_broken_pack_leaves_the_others_alone() -> None:
    def raising() -> list[type]:
        raise RuntimeError("the licence server is down")

    registry = Registry.of(plugin("broken", entities=raising), plugin(entities=[Vehicle]))
    assert [(record.name, record.status) for record in registry.packs()] == [("broken", "broken"), ("fleet", "ok")]
    assert registry.entity("vehicle") is Vehicle
    with pytest.raises(
        PackError, match="the hook datamimic_entities failed: RuntimeError: the licence server"
    ) as caught:
        registry.entity("broken.thing")
    assert caught.value.code == "pack_hook_failed"
    assert caught.value.file == __file__
    with pytest.raises(UnknownName) as unknown:
        registry.entity("quark")
    assert unknown.value.hint == "not usable: broken; see `dm list-packs`"


@pytest.mark.parametrize("level", [0, API_LEVEL + 1])
def test_api_levels(level: int) -> None:
    def never() -> None:
        raise AssertionError("hooks of an incompatible pack are not called")

    error = error_of(plugin(api_level=level, entities=never, hook_of_another_level=never))
    assert error.code == "incompatible_pack"
    assert error.hint == ("upgrade datamimic-core" if level > API_LEVEL else "upgrade the pack 'fleet'")


def test_a_misspelt_hook_is_reported_with_or_without_the_marker() -> None:
    def nothing() -> list[type]:
        return []

    @hookimpl
    def marked() -> list[type]:
        return []

    @hookimpl(optionalhook=True)
    def of_tomorrow() -> list[type]:
        return []

    for function in (nothing, marked):
        error = error_of(plugin(entites=function))
        assert (error.code, error.hint) == ("unknown_hook", "did you mean 'datamimic_entities'?")
    assert "the hooks are datamimic_pack" in str(error_of(plugin(zzzzzz=nothing)))
    [record] = Registry.of(plugin(of_tomorrow=of_tomorrow)).packs()
    assert record.status == "ok"


@pytest.mark.parametrize(
    ("hooks", "words"),
    [
        ({"entities": "datamimic_pack_fleet:Vehicle"}, "not a list"),
        ({"entities": [17]}, "17 is no entity"),
        ({"entities": ["fleet.entities.Vehicle"]}, "module:Class"),
        ({"entities": [ElectricVehicle]}, "needs the decorator @entity"),
        ({"entities": None}, "datamimic_entities returned None"),
        ({"formats": [PlateGenerator]}, "needs a text attribute `name`"),
        ({"datasets": ["data"]}, "no DatasetSource"),
        ({"entities": lambda group: []}, "group"),
        ({"entities": [Vehicle, f"{HERE}:Vehicle"]}, "twice"),
    ],
)
def test_hooks_that_return_or_take_something_wrong(hooks: dict[str, Any], words: str) -> None:
    assert words in str(error_of(plugin(**hooks)))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (SimpleNamespace(), "there is no hook datamimic_pack"),
        (SimpleNamespace(datamimic_pak=lambda: None), "'datamimic_pak' is not its name"),
        (SimpleNamespace(datamimic_pack=lambda: "fleet"), "returned 'fleet'"),
        (SimpleNamespace(datamimic_pack=lambda: Pack("Fleet 2", "1", "")), "Fleet 2"),
        (SimpleNamespace(datamimic_pack=lambda: sys.exit("goodbye")), "SystemExit: goodbye"),
    ],
)
def test_packs_that_do_not_say_what_they_are(broken: object, words: str) -> None:
    assert words in str(error_of(broken))


def test_the_entry_point_and_the_pack_have_one_name() -> None:
    loaded = load("trucks", "fleet.plugin", plugin("fleet"))
    assert loaded.status == "broken"
    assert "the entry point is named 'trucks', but the pack 'fleet'" in str(loaded.error)


def test_what_a_pack_prints_does_not_reach_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    def entities() -> list[type]:
        print("hello from the pack")
        return []

    Registry.of(plugin(entities=entities))
    assert capsys.readouterr() == ("", "hello from the pack\n")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("cities_US.csv", "cities_DE.csv", "colours.csv", "notes.txt", "units_si.csv"):
        (folder / name).write_text("name,weight\nx,1\n")
    (folder / "data.toml").write_text('data_version = "2026.11.0"\n\n[tables.cities_US]\nsource = "…"\n')
    return tmp_path


def test_locales_and_data_version_come_from_the_tables(tables: Path, tmp_path: Path) -> None:
    added = tmp_path / "more"
    added.mkdir()
    (added / "cities_FR.csv").write_text("name,weight\nx,1\n")
    source = DatasetSource("fleet", tables)
    addition = DatasetSource("fleet", tmp_path, folder="more", data_version="7")
    registry = Registry.of(plugin(datasets=[source]), plugin("autos", datasets=[addition]))
    autos, fleet = registry.packs()
    assert (fleet.locales, fleet.data_version) == (("DE", "FR", "US"), "2026.11.0")
    assert (autos.locales, autos.data_version) == ((), None)
    assert registry.dataset_sources("fleet") == (source, addition)
    assert [table.name for table in source.tables()] == [
        "cities_DE.csv",
        "cities_US.csv",
        "colours.csv",
        "units_si.csv",
    ]


def test_tables_that_cannot_be_read_make_a_pack_broken(tables: Path) -> None:
    (tables / "data" / "data.toml").write_text("data_version = ")
    [record] = Registry.of(plugin(datasets=[DatasetSource("fleet", tables)])).packs()
    assert record.status == "broken"
    assert record.error is not None
    assert record.error.code == "bad_catalog"
    [record] = Registry.of(plugin(datasets=[DatasetSource("fleet", "no_such_package")])).packs()
    assert "No module named 'no_such_package'" in str(record.error)


def test_lazy_exports(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("lazy_package")
    monkeypatch.setitem(sys.modules, "lazy_package", module)
    get, listing, names = lazy_exports("lazy_package", {"OrderedDict": "collections", "Decimal": "decimal"})
    vars(module).update(__getattr__=get, __dir__=listing)
    from collections import OrderedDict

    assert names == ["Decimal", "OrderedDict"]
    assert {"Decimal", "OrderedDict", "__name__"} <= set(dir(module))
    assert module.OrderedDict is OrderedDict
    assert "OrderedDict" in vars(module)
    assert "Decimal" not in vars(module)
    with pytest.raises(AttributeError, match="'lazy_package' has no attribute 'Fraction'"):
        _ = module.Fraction
    with pytest.raises(ValueError, match="entity would be both a module and a name"):
        lazy_exports("lazy_package", {"entity": ".entity"})


def test_importing_the_surface_imports_neither_numpy_nor_arrow() -> None:
    code = "import sys, datamimic.plugin, datamimic.plugins.registry; print(sorted({'numpy', 'pyarrow'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
