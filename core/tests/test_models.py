"""A model is a pack that an origin carries: a reader of a third party's, whose language is a few words of JSON."""

from __future__ import annotations

import gc
import json
import pickle
import weakref
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner

from datamimic import (
    DatamimicError,
    DescribedClass,
    DescribedPack,
    ModelReader,
    Origin,
    Registry,
    World,
    entity,
    field,
    number,
    serial,
    verify,
    with_models,
)
from datamimic.cli import main
from datamimic.plugin import Pack, hookimpl


@frozen
class Tables:
    """The plugin of one model."""

    described: DescribedPack

    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack(self.described.name, "1", "tables of a model")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        tables = json.loads(self.described.document)["tables"]
        return [self._table(name, largest) for name, largest in tables.items()]

    def _table(self, name: str, largest: int) -> type:
        body: dict[str, Any] = {
            "__annotations__": {"code": str, "amount": int},
            "__doc__": "A table of a model.",
            "code": field(serial("C######"), key=True),
            "amount": field(number(0, largest)),
        }
        return entity(name)(DescribedClass(name, (), body, self.described))


class Words(ModelReader):
    """`{"name": …, "tables": {name: largest amount}}`."""

    name = "words"
    suffixes = (".words",)

    @classmethod
    def read(cls, place: str, *, trusted: bool = False) -> DescribedPack:
        document = json.loads(Path(place).read_text(encoding="utf-8"))
        return DescribedPack(
            name=document["name"], reader=cls.name, document=json.dumps(document), place=place, trusted=trusted
        )

    @classmethod
    def plugin(cls, described: DescribedPack) -> object:
        if "tables" not in json.loads(described.document):
            raise DatamimicError("words.no_tables", "the model has no tables", file=described.place)
        return Tables(described)


class Reads:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("words", "1", "reads a few words")

    @hookimpl
    def datamimic_models(self) -> list[type]:
        return [Words]


@pytest.fixture
def packs() -> Registry:
    return Registry.of(Reads())


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return written(tmp_path / "shop.words", {"name": "shop", "tables": {"sale": 100, "refund": 5}})


def written(file: Path, document: dict[str, Any]) -> Path:
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_tables_of_a_model_are_entities_of_the_world(packs: Registry, shop: Path) -> None:
    world = World("demo", models=shop, packs=packs)
    assert sorted(world.packs.entities()) == ["shop.refund", "shop.sale"]
    rows = world["shop.sale"][0:50].to_arrow()
    assert rows.equals(world["sale"][0:50].to_arrow())
    assert World(world.origin, packs=packs)["sale"][10:20].to_arrow().equals(rows.slice(10, 10))
    assert max(rows.column("amount").to_pylist()) <= 100


def test_a_world_is_equal_wherever_its_model_lies(packs: Registry, shop: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    again = written(elsewhere / "shop.words", {"tables": {"refund": 5, "sale": 100}, "name": "shop"})
    one, other = World("demo", models=[shop], packs=packs), World("demo", models=again, packs=packs)
    assert one == other and hash(one) == hash(other)
    assert one.spec("sale").cls is other.spec("sale").cls, "made once per process"


def test_an_origin_carries_the_model_through_json(packs: Registry, shop: Path) -> None:
    origin = World("demo", models=shop, packs=packs).origin
    told = json.loads(json.dumps(origin.to_dict()))
    assert told["models"] == {
        "shop": {"reader": "words", "document": {"name": "shop", "tables": {"sale": 100, "refund": 5}}}
    }
    assert Origin.parse(told) == origin
    with pytest.raises(DatamimicError) as caught:
        Origin.parse({**told, "models": {"shop": {"document": {}}}})
    assert caught.value.code == "bad_origin"
    with pytest.raises(DatamimicError) as caught:
        Origin.parse({**told, "models": {"No Name": {"reader": "words", "document": {}}}})
    assert caught.value.code == "bad_origin"


def test_a_manifest_is_enough_to_make_the_rows_again(packs: Registry, shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "sale.csv"
    World("demo", models=shop, packs=packs)["sale"][0:1000].write(out)
    shop.unlink()
    assert [each.verdict for each in verify(out, packs=packs).outputs] == ["byte-identical"]


def test_models_that_nobody_has_are_let_go(packs: Registry) -> None:
    def model(number: int) -> DescribedPack:
        return DescribedPack(name="shop", reader="words", document=json.dumps({"tables": {"sale": number}}))

    kept = with_models(packs, {"shop": model(0)})
    row = World("demo", models=model(1), packs=packs)["shop.sale"][0]
    seen = [weakref.ref(with_models(packs, {"shop": model(number)})) for number in range(2, 50)]
    row.to_dict()
    gc.collect()
    assert len([each for each in seen if each() is not None]) <= 16
    assert with_models(packs, {"shop": model(0)}) is kept


def test_tables_are_read_once_for_all_models(packs: Registry, shop: Path) -> None:
    world = World("demo", models=shop, packs=packs)
    assert world.packs is not packs
    assert world.shelf("words") is World("demo", packs=packs).shelf("words") is not world.shelf("shop")


def test_what_cannot_be_is_refused(packs: Registry, shop: Path, tmp_path: Path) -> None:
    for place, code in (
        ("shop.nothing", "unknown_model"),
        (str(written(tmp_path / "a.words", {"name": "a"})), "words.no_tables"),
    ):
        with pytest.raises(DatamimicError) as caught:
            World("demo", models=place, packs=packs)
        assert caught.value.code == code
    with pytest.raises(DatamimicError) as caught:
        World("demo", models=written(tmp_path / "b.words", {"name": "words", "tables": {}}), packs=packs)
    assert caught.value.code == "pack_collision" and "installed" in caught.value.message
    other = written(tmp_path / "c.words", {"name": "shop", "tables": {"sale": 1}})
    with pytest.raises(DatamimicError) as caught:
        World("demo", models=[shop, other], packs=packs)
    assert caught.value.code == "pack_collision"
    world = World("demo", models=shop, packs=packs)
    with pytest.raises(DatamimicError) as caught:
        with_models(world.packs, {"shop": Words.read(str(other))})
    assert caught.value.code == "pack_collision"


def test_classes_of_a_model_travel(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = Registry.of(Reads())
    monkeypatch.setattr("datamimic.plugins.described.installed_packs", lambda: installed)
    world = World("demo", models=shop, packs=installed)
    rows = world["sale"][0:10]
    assert pickle.loads(pickle.dumps(rows)).to_arrow().equals(rows.to_arrow())
    assert pickle.loads(pickle.dumps(rows[3])).to_dict() == rows[3].to_dict()
    assert pickle.loads(pickle.dumps(world.spec("sale").cls)) is world.spec("sale").cls


def test_without_a_reader_the_answer_is_the_line_that_installs_one() -> None:
    with pytest.raises(DatamimicError) as caught:
        World("demo", models="shop.yaml", packs=Registry.of(Reads2()))
    assert caught.value.code == "missing_dependency" and caught.value.hint == "pip install datamimic-models"


class Reads2:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("nothing", "1", "reads nothing")


def test_the_command_line_takes_models(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry.of(Reads())
    for module in ("cli.options", "plugins.described", "world"):
        monkeypatch.setattr(f"datamimic.{module}.installed_packs", lambda: registry)
    model = ["--model", str(shop)]
    made = CliRunner().invoke(main, ["generate", "sale", "-n", "3", "--seed", "demo", *model])
    assert made.exit_code == 0, made.output
    assert made.stdout.splitlines()[0] == "code,amount"
    listed = CliRunner().invoke(main, ["list-entities", *model, "--json"])
    assert "shop.sale" in listed.stdout
    described = CliRunner().invoke(main, ["describe", "sale", *model])
    assert described.exit_code == 0 and "A table of a model." in described.stdout
    out = shop.parent / "sale.csv"
    out.write_text(made.stdout, encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", str(out), "--entity", "sale", *model])
    assert checked.exit_code == 0, checked.output
