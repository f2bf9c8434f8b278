"""A whole model of the XML language as tables: what its setups name, what they include, and their generates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datamimic import DatamimicError, Locale, installed_packs
from datamimic_models.model import BadModel, Mistakes, Model, Place
from datamimic_models.translating.context import Work
from datamimic_models.translating.generates import Generates
from datamimic_models.translating.kept import Kept
from datamimic_models.translating.meanings import Literal
from datamimic_models.translating.refusals import Refusal, leave_out, refuse, told
from datamimic_models.translating.samples import FEW, Samples
from datamimic_models.xml.demographics import population_of
from datamimic_models.xml.fields import Fields
from datamimic_models.xml.naming import read_properties
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.outputs import Outputs
from datamimic_models.xml.reading_setup import read_tree
from datamimic_models.xml.run import judged_setting
from datamimic_models.xml.running import Runner
from datamimic_models.xml.scripts import filled


def read_xml(place: str, mistakes: Mistakes, *, name: str, trusted: bool = False) -> Model:
    """The model in a file of XML as tables, which is called `name`. What has no equal in tables is among the mistakes
    (`models.not_tables`), what is left out among the warnings.

    Raises `BadModel` and `DatamimicError` for a model that is wrong as it is.
    """
    return _read(place, mistakes, name, trusted, None)


def read_xml_keeping(
    place: str, mistakes: Mistakes, *, name: str, stem: str, trusted: bool = False
) -> tuple[Model, dict[str, list[str]]]:
    """The model in a file of XML as tables, and the lines of files beside it: the records of generates that have no equal in
    tables are rows that exist (`models.kept` among the warnings). Names of these files begin with `stem`.

    Raises `BadModel` and `DatamimicError` for a model that is wrong as it is.
    """

    def records() -> dict[str, list[dict[str, Any]]]:
        setting, file = judged_setting(place, trust=trusted, packs=installed_packs())
        outputs = Outputs(setting, None, captures=True, dry=True)
        Runner(setting, outputs).run(file)
        return outputs.records()

    kept = Kept(records, stem)
    return _read(place, mistakes, name, trusted, kept), kept.files


def _read(place: str, mistakes: Mistakes, name: str, trusted: bool, kept: Kept | None) -> Model:
    setting, file = judged_setting(place, trust=trusted, packs=installed_packs())
    sampled, _ = judged_setting(place, trust=trusted, packs=installed_packs())
    if kept is None:
        sampled.rows = {"": FEW}
    work = Work(setting, file, mistakes, Samples(sampled, file))
    if kept is not None:
        work.keep = lambda node: kept.generates(node, work)
    _Setups(work).file(file)
    root = read_tree(file, setting.folder.root, Mistakes())
    assert root is not None
    defaults = setting.defaults.of_setup(root, file)
    tables = tuple(each.finished() for each in (*work.given, *work.tables))
    if not tables and not mistakes.errors:
        mistakes.add("models.empty", "the model generates no records", Place(place))
    return Model(
        name=name,
        tables=tables,
        locale=_locale(defaults.dataset or defaults.locale),
        seed=root.get("rngSeed") or None,
        output_format=work.output_format or "csv",
        folder=str(file.parent),
        place=Place(place),
    )


def _locale(said: str | None) -> str:
    try:
        return "en_US" if not said else str(Locale.parse(said))
    except DatamimicError:
        return "en_US"


class _Setups:
    """Goes through setups, in the order of the run."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.generates = Generates(work)
        self.open: list[Path] = []
        work.include = self.include

    def file(self, path: Path) -> None:
        setting = self.work.setting
        root = read_tree(path, setting.folder.root, Mistakes())
        if root is None or path in self.open:
            return
        before = setting.defaults
        setting.defaults = before.of_setup(root, path)
        self.open.append(path)
        try:
            self.statements(root.children)
        finally:
            self.open.pop()
            setting.defaults = before

    def statements(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            try:
                self.statement(node)
            except Refusal as refusal:
                self.refused(node, refusal)
            except BadModel:
                raise
            except DatamimicError as error:
                self.refused(node, Refusal(error.message))

    def refused(self, node: Node, refusal: Refusal) -> None:
        """What stands in no generate is left out where records are kept: those that need it are."""
        work = self.work
        if work.keep is None or node.name in ("generate", "include"):
            refuse(node, refusal, work.mistakes)
            return
        try:
            files = work.keep(node)
        except Refusal as other:
            refuse(node, other, work.mistakes)
            return
        said = f"rows of what stands in it are kept in {', '.join(files)}" if files else "rows that need it are kept"
        work.mistakes.warn("models.kept", f"{told(node)}: {refusal.reason}; {said}", node.place)

    def statement(self, node: Node) -> None:
        """Raises `Refusal`."""
        work = self.work
        match node.name:
            case "generate":
                work.tried(node, lambda: self.generates.table(node))
            case "variable" | "key":
                self.variable(node)
            case "include":
                self.include(node)
            case "memstore":
                work.stores.setdefault(node.get("id"), {})
            case "generator" | "state-machine":
                work.generators[node.get("name") or node.get("id")] = node
            case "echo":
                leave_out(node, "it is told while the model runs", work.mistakes)
            case "database":
                from datamimic_models.xml.database_places import database_of

                work.setting.databases[node.get("id")] = database_of(node, work.setting)
                work.stores.setdefault(node.get("id"), {})
                leave_out(node, "tables go where `dm run --to` says", work.mistakes)
            case "mongodb":
                raise Refusal("there is no MongoDB")
            case "condition":
                self.condition(node)
            case "execute":
                raise Refusal("it runs a program")
            case "while":
                raise Refusal("it goes on until a condition no longer holds; a table is made at once")
            case "assert":
                if not work.evaluated(node.get("condition"), node.at("condition")):
                    raise Refusal("it does not hold")
            case "demographics":
                work.setting.demographics = population_of(node, work.setting)
            case _:
                raise Refusal("it stands for no table")

    def variable(self, node: Node) -> None:
        work = self.work
        if not (node.has("constant") or node.has("script")):
            raise Refusal(
                "a value that is drawn once for all records; only constants and scripts of them are known before"
            )
        if node.has("script") and work.setting.expression(node.get("script"), node.at("script")).draws:
            raise Refusal("a value that is drawn once for all records")
        Fields(work.setting, lambda nodes, frame: None).field(node, work.root)
        found = work.root.get(node.get("name"))
        if found is not None:
            work.top[node.get("name")] = Literal(found.objects()[0])

    def include(self, node: Node) -> None:
        work, place = self.work, node.at("uri")
        [name] = filled(node.get("uri"), work.root, work.setting, place, "include")
        beside = work.setting.defaults.file
        path = work.setting.folder.find(name, place, beside.parent if beside else None)
        if path.suffix.lower() != ".properties":
            self.file(path)
            return
        for key, value in read_properties(path, place).items():
            work.root.put(key, value, shown=False)
            work.top[key] = Literal(value.objects()[0])

    def condition(self, node: Node) -> None:
        for child in node.children:
            if child.name == "else" or self.work.evaluated(child.get("condition"), child.at("condition")):
                self.statements(child.children)
                return
