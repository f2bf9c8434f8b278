"""Each error code is raised somewhere in the tests: those that no other test needs, here."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from fleet import DATA, Depot, Vehicle, registry

from datamimic import (
    DatasetSource,
    Draw,
    ModelReader,
    Pack,
    Registry,
    Table,
    Text,
    World,
    check,
    entity,
    field,
    hookimpl,
    number,
    option,
    options,
    read_batches,
    read_model,
    ref,
    serial,
)
from datamimic.base.origin import Origin
from datamimic.errors import CODES, DatamimicError
from datamimic.errors.failures import coded
from datamimic.related import load_set, prepare
from datamimic.reproducing.locking import read_lock
from datamimic.request.api import generate_domain
from datamimic.request.view import RequestView
from datamimic.testing import pack_contract

ROOT = Path(__file__).parents[1]
TESTS = [
    *ROOT.glob("tests/**/*.py"),
    *ROOT.glob("core/tests/**/*.py"),
    *ROOT.glob("packs/*/tests/**/*.py"),
    *ROOT.glob("extensions/*/tests/**/*.py"),
]

LEFT_TO_PACKS = {
    "unknown_profile": "raised by a pack's own RequestView.profile",
    "unknown_component": "raised by a pack's own RequestView.component",
    "unsupported_component_version": "raised by a pack's own RequestView.component",
    "unsupported_component_dataset": "raised by a pack's own RequestView.component",
    "missing_component_dataset": "raised by a pack's own RequestView.component",
    "unknown_domain": "for formats and services of packs that look up domains by name",
}
"""Codes that the core lists so that packs share them, and does not raise itself."""

REQUEST: dict[str, Any] = {
    "domain": "vehicle",
    "version": "v1",
    "count": 1,
    "seed": "demo",
    "locale": "en_US",
    "clock": "2025-01-01T00:00:00Z",
}


def reading_models() -> Registry:
    class Reader(ModelReader):
        """Reads files that end in `.tables`."""

        name = "tables"
        suffixes = (".tables",)

        @classmethod
        def read(cls, place: str, *, trusted: bool = False) -> Any: ...

        @classmethod
        def plugin(cls, described: Any) -> object: ...

    plugin = SimpleNamespace(
        datamimic_pack=hookimpl(lambda: Pack("tables", "1", "reads tables")),
        datamimic_models=hookimpl(lambda: [Reader]),
    )
    return Registry.of(plugin)


def plugin(name: str = "fleet", **hooks: Any) -> SimpleNamespace:
    def returning(value: Any) -> Callable[[], Any]:
        return lambda: value

    functions = {f"datamimic_{hook}": returning(value) for hook, value in hooks.items()}
    return SimpleNamespace(datamimic_pack=lambda: Pack(name, "1.0", "Test"), **functions)


def rule(function: Callable[..., Any], packs: Registry) -> Any:
    @entity("thing")
    class Thing:
        wheels: int = field(function)

    return World(1, packs=packs)[Thing][0:5].to_arrow()


def duplicate_field(packs: Registry) -> None:
    @entity("thing")
    class Thing:
        depot: Depot = field(ref(Depot))
        depot_id: str = field(serial("##"))


def check_failed(packs: Registry) -> None:
    @entity("thing")
    class Thing:
        wheels: int = field(number(2, 4))

    @check(Thing, "wheels are round")
    def round_wheels(wheels: Any) -> Any:
        return wheels / "round"

    from datamimic.checks.checking import check_rows

    check_rows(World(1, packs=packs)[Thing][0:3])


def list_too_long(packs: Registry) -> None:
    def wheels(draw: Draw) -> Any:
        return draw.items(np.full(5, 1 << 40), "items").integers(1, 2)

    rule(wheels, packs)


def nondeterministic(packs: Registry) -> None:
    @entity("thing")
    class Thing:
        wheels: int = field(lambda rows: np.arange(len(rows)), doc="counts its batch, not its rows")

    broken = Registry.of(plugin("broken", entities=[Thing], datasets=[DatasetSource("broken", DATA.parent, DATA.name)]))
    contract: Any = pack_contract("broken", packs=broken)()
    contract.test_rows_are_the_same_however_they_are_asked_for("broken.thing", "US")


def table_changed(packs: Registry, folder: Path) -> None:
    from datamimic.tables.build import write_table

    given = {"source": "s", "licence": "MIT", "date": "2026", "method": "m", "grade": "E"}
    path = write_table(folder / "data", "kinds", None, ["kind", "weight"], [("a", 1)], **given)
    path.write_text("kind,weight\nb,1\n", encoding="utf-8")
    changed = Registry.of(plugin("changed", datasets=[DatasetSource("changed", folder)]))
    contract: Any = pack_contract("changed", packs=changed)()
    contract.test_tables_name_their_source_and_licence()


def table_collision(packs: Registry) -> None:
    twice = DatasetSource("fleet", DATA.parent, DATA.name)
    both = Registry.of(plugin("fleet", entities=[Vehicle], datasets=[twice]), plugin("other", datasets=[twice]))
    World(1, packs=both)["fleet.vehicle"][0:1].to_arrow()


def bad_pack(packs: Registry) -> None:
    [record] = Registry.of(SimpleNamespace(datamimic_pack=lambda: "fleet")).packs()
    assert record.error is not None
    raise record.error


def duplicate_name(packs: Registry) -> None:
    Registry.of(plugin(entities=[Vehicle, Vehicle])).entity("fleet.vehicle")


def missing_dependency(packs: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    World(1, packs=packs)[Vehicle][0:1].to_pandas()


def bad_manifest(packs: Registry, folder: Path) -> None:
    from datamimic.output.manifest import read_manifest

    (folder / "x.manifest.json").write_text(json.dumps({"manifest_version": 1}), encoding="utf-8")
    read_manifest(folder / "x.manifest.json")


def selecting(packs: Registry, monkeypatch: pytest.MonkeyPatch, **members: Any) -> None:
    view = RequestView(
        prefix="V",
        item={"kind": ("kind", {"type": "string"})},
        profile=lambda data, name: {},
        component=lambda data, name: ("profile", {"no_such_constraint": 1}),
    )
    monkeypatch.setattr(Vehicle.__entity__, "request", view)  # type: ignore[attr-defined]
    generate_domain({**REQUEST, **members}, packs=packs)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def both() -> Registry:
    return Registry.of(plugin("fleet", entities=[Vehicle]), plugin("other", entities=[Vehicle]))


def bad_catalog(folder: Path) -> None:
    data = folder / "data"
    data.mkdir()
    written(data / "data.toml", "data_version = 1")
    written(data / "kinds.csv", "kind,weight\na,1\n")
    packs = Registry.of(plugin("fleet", entities=[Vehicle], datasets=[DatasetSource("fleet", folder)]))
    assert World(1, packs=packs).shelf("fleet").catalog


def refused_by_python(call: Callable[[], Any]) -> None:
    """What `dm` says of an exception that is not ours."""
    try:
        call()
    except Exception as error:
        known = coded(error)
        assert known is not None
        raise known from None


def endless(levels: int) -> int:
    return endless(levels + 1)


def disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATAMIMIC_DISABLE_PACKS", "common")
    Registry.from_entry_points().pack("common")


def bad_option() -> None:
    @options
    class Few:
        wheels: int = option(5, doc="wheels", minimum=10)


def missing_annotation() -> None:
    @entity("thing")
    class Thing:
        wheels = field(number(1, 2))


CASES: dict[str, Callable[..., Any]] = {
    "duplicate_field": duplicate_field,
    "check_failed": check_failed,
    "list_too_long": list_too_long,
    "nondeterministic": nondeterministic,
    "table_changed": table_changed,
    "table_collision": table_collision,
    "bad_pack": bad_pack,
    "duplicate_name": duplicate_name,
    "missing_dependency": missing_dependency,
    "bad_manifest": bad_manifest,
    "unknown_pack": lambda packs: packs.pack("flete"),
    "unknown_generator": lambda packs: packs.generator("fleet.PlatesGenerator"),
    "unknown_message": lambda packs: packs.message("edifact.orders"),
    "unknown_model": lambda packs: read_model(reading_models(), "shop.doc"),
    "unknown_engine": lambda packs: packs.engine("sparc"),
    "unknown_table": lambda packs: World(1, packs=packs).data(Vehicle)["kindes"],
    "unknown_table_column": lambda packs: World(1, packs=packs).data(Vehicle)["kinds"]["knid"],
    "bad_table": lambda packs: Table.parse("kinds", "kind,weight\na\n", file="kinds.csv"),
    "bad_weight": lambda packs: Table.parse("kinds", "kind,weight\na,-1\n", file="kinds.csv").alias,
    "bad_quantiles": lambda packs: Table.parse("q", "probability,value\n0,1\n0.7,2\n0.4,3\n1,4\n").quantiles(),
    "missing_group": lambda packs: (
        Table.parse("t", "kind,age_from,weight\na,0,1\nb,18,1\n")
        .by("kind", "age_from")
        .first(np.array(["b"]), np.array([3]))
    ),
    "unknown_entity": lambda packs: World(1, packs=packs)["fleet.vehicel"],
    "unknown_column": lambda packs: World(1, packs=packs)[Vehicle].select(["wheel"]),
    "unknown_option": lambda packs: World(1, packs=packs)[Vehicle].with_options(max_kilometres=1),
    "unknown_format": lambda packs: World(1, packs=packs)[Vehicle][0:1].write("x.csv", "cvs"),
    "unknown_value": lambda packs: World(1, packs=packs)[Vehicle][0:1].to_pandas("panda"),
    "unknown_target": lambda packs: load_set(prepare(World(1, packs=packs), {"fleet.depot": 1}), "oracel://here/db"),
    "ambiguous_name": lambda packs: World(1, packs=both()).spec("vehicle"),
    "bad_entity": lambda packs: World(1, packs=packs)[int],
    "bad_option": lambda packs: bad_option(),
    "bad_input": lambda packs: next(iter(read_batches(Path("no-such-file.csv")))),
    "bad_lock": lambda packs, folder: read_lock(written(folder / "datamimic.lock", "engine = 1")),
    "bad_origin": lambda packs: Origin.parse({"seed": "a"}),
    "bad_catalog": lambda packs, folder: bad_catalog(folder),
    "bad_file_name": lambda packs, folder: World(1, packs=packs)[Vehicle][0:1].write(folder / f"{'x' * 300}.csv"),
    "bad_text": lambda packs: refused_by_python(lambda: "\ud800".encode()),
    "too_deep": lambda packs: refused_by_python(lambda: endless(0)),
    "system_refused": lambda packs: refused_by_python(lambda: Path("/no/such/file").read_bytes()),
    "out_of_memory": lambda packs: refused_by_python(lambda: (_ for _ in ()).throw(MemoryError())),
    "format_needed": lambda packs: World(1, packs=packs)[Vehicle][0:1].write("x.unknown"),
    "output_unwritable": lambda packs: World(1, packs=packs)[Vehicle][0:1].write("/no/such/folder/x.csv"),
    "invalid_seed": lambda packs: World(1.5, packs=packs),  # type: ignore[arg-type]
    "invalid_clock": lambda packs: World(1, clock="now", packs=packs),
    "invalid_locale": lambda packs: World(1, "english", packs=packs),
    "invalid_option": lambda packs: World(1, packs=packs)[Vehicle].with_options(max_km="far"),
    "impossible_constraint": lambda packs: World(1, packs=packs)[Vehicle].with_options(min_km=9, max_km=3),
    "invalid_count": lambda packs: list(World(1, packs=packs)[Vehicle][0:3].batches(0)),
    "invalid_range": lambda packs: World(1, packs=packs)[Vehicle][::2],
    "not_enough_ids": lambda packs: World(1, packs=packs)[Depot][0:100_000],
    "pack_disabled": lambda packs, monkeypatch: disabled(monkeypatch),
    "schema_validation_failed": lambda packs: generate_domain({**REQUEST, "locale": 3}, packs=packs),
    "unsupported_domain": lambda packs: generate_domain({**REQUEST, "version": "v9"}, packs=packs),
    "invalid_request": lambda packs: generate_domain([], packs=packs),  # type: ignore[arg-type]
    "rule_failed": lambda packs: rule(lambda rows: rows / "two", packs),
    "wrong_length": lambda packs: rule(lambda rows: rows[1:], packs),
    "wrong_type": lambda packs: rule(lambda rows: Text.constant("a", len(rows)), packs),
    "empty_range": lambda packs: rule(lambda draw: draw.integers(5, 1), packs),
    "duplicate_draw": lambda packs: rule(lambda draw: draw.integers(1, 2) + draw.integers(1, 2), packs),
    "unknown_parameter": lambda packs: rule(lambda whels: whels, packs),
    "type_mismatch": lambda packs: rule(serial("##"), packs),
    "missing_annotation": lambda packs: missing_annotation(),
    "cycle": lambda packs: rule(lambda wheels: wheels, packs),
    "invalid_profile_selector": lambda packs, monkeypatch: selecting(
        packs, monkeypatch, profile_id="a", component_id="b"
    ),
    "invalid_profile_id": lambda packs, monkeypatch: selecting(packs, monkeypatch, profile_id=" "),
    "invalid_component_id": lambda packs, monkeypatch: selecting(packs, monkeypatch, component_id=7),
    "invalid_component_constraints": lambda packs, monkeypatch: selecting(packs, monkeypatch, component_id="b"),
}


@pytest.mark.parametrize("code", CASES)
def test_the_error_is_raised_with_its_code(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[code]
    known = {"folder": tmp_path, "monkeypatch": monkeypatch}
    names = case.__code__.co_varnames[: case.__code__.co_argcount]
    with pytest.raises(DatamimicError) as caught:
        case(registry(), *(known[name] for name in names[1:]))
    assert caught.value.code == code
    assert len(caught.value.message) > 10


def test_every_code_is_raised_by_some_test() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in TESTS if path != Path(__file__))
    tested = {code for code in CODES if re.search(rf"""["'\[]{code}["'\]]""", texts)} | CASES.keys()
    assert CODES.keys() - tested == LEFT_TO_PACKS.keys() - tested, "raise it in CASES, or delete the code"


def test_what_is_left_to_packs_is_not_raised_by_the_core() -> None:
    sources = [path for path in ROOT.glob("core/src/**/*.py") if path.name != "codes.py"]
    raised = {code for code in LEFT_TO_PACKS for path in sources if f'"{code}"' in path.read_text(encoding="utf-8")}
    assert raised == set()


def definition(body: str) -> Callable[[Registry], Any]:
    """A case that defines an entity as a pack's module would."""

    def run(packs: Registry) -> Any:
        names: dict[str, Any] = {}
        exec(compile(f"from datamimic import *\n{body}", "entities/thing.py", "exec"), names)
        return World(1, packs=packs)[names["Thing"]][0:5].to_arrow()

    return run


THING = '@entity("thing")\nclass Thing:\n    "A thing."\n'

MISTAKES = {
    "a misspelt column": (
        definition(f"{THING}    a: int = field(lambda rows: rows)\n    b: int = field(lambda aa: aa)"),
        "entities/thing.py:2",
    ),
    "a wrong type": (definition(f"{THING}    a: int = field(serial('##'))"), "entities/thing.py:2"),
    "a circle": (
        definition(f"{THING}    a: int = field(lambda b: b)\n    b: int = field(lambda a: a)"),
        "entities/thing.py:2",
    ),
    "no type": (definition(f"{THING}    a = field(number(1, 2))"), "entities/thing.py:2"),
    "a wrong length": (definition(f"{THING}    a: int = field(lambda rows: rows[1:])"), "entities/thing.py:5"),
    "text for numbers": (
        definition(f"{THING}    a: int = field(lambda rows: Text.constant('a', len(rows)))"),
        "entities/thing.py:5",
    ),
    "a label twice": (
        definition(f"{THING}    a: float = field(lambda draw: draw.uniform() + draw.uniform())"),
        "entities/thing.py:5",
    ),
    "low above high": (
        definition(f"{THING}    a: int = field(lambda draw: draw.integers(5, 1))"),
        "entities/thing.py:5",
    ),
    "too long a list": (list_too_long, "test_every_error.py"),
    "unsorted quantiles": (CASES["bad_quantiles"], "q"),
    "a negative weight": (CASES["bad_weight"], "kinds.csv:2"),
    "a ragged CSV": (CASES["bad_table"], "kinds.csv:2"),
    "a missing group": (CASES["missing_group"], "t"),
    "two packs, one table": (table_collision, "kinds.csv"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_authors_mistake_is_met_with_a_place_and_what_to_do(mistake: str) -> None:
    case, place = MISTAKES[mistake]
    with pytest.raises(DatamimicError) as caught:
        case(registry())
    assert caught.value.hint, caught.value.render()
    assert place in (caught.value.place or ""), caught.value.render()
