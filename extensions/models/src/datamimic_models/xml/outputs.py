"""The products of a run: which records go to which targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.xml.arrow import without_classes
from datamimic_models.xml.calls import Call, read_calls
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.targets.chunks import in_chunks
from datamimic_models.xml.targets.documents import DbUnitSink, JsonSink, TextSink, XmlSink
from datamimic_models.xml.targets.flat import CsvSink, FixedWidthSink, XlsxSink
from datamimic_models.xml.targets.places import ADDING, DatabaseSink, MemstoreSink, SpokenSink
from datamimic_models.xml.targets.sinks import Asked, Sink

FILES: Final[Mapping[str, Callable[[Asked], Sink]]] = {
    "CSV": CsvSink,
    "JSON": JsonSink,
    "XML": XmlSink,
    "TXT": TextSink,
    "XLSX": XlsxSink,
    "DbUnit": DbUnitSink,
    "FixedWidth": FixedWidthSink,
}
CHUNKED: Final = frozenset({"CSV", "JSON", "XML", "TXT"})
SETTINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "CSV": ("delimiter", "quotechar", "quoting", "line_terminator", "encoding", "fieldnames", "chunk_size"),
    "JSON": ("use_ndjson", "chunk_size"),
    "XML": ("root_element", "item_element", "chunk_size"),
    "TXT": ("separator", "line_terminator", "chunk_size"),
    "XLSX": ("sheet_name",),
    "DbUnit": (),
    "FixedWidth": ("columns",),
}
"""What can be said in the brackets behind a target."""
SPOKEN: Final = ("ConsoleExporter", "LogExporter")
WAYS: Final = ("update", "upsert", "delete", "insert")
_SHOWN: Final = frozenset({"key", "nestedKey", "array", "list", "reference"})


@define(eq=False)
class Product:
    """What takes the pages of one generate; generates of one name are one product, and share what it has."""

    name: str
    sinks: list[Sink]
    pages: list[Frame] | None
    records: int = 0

    def write(self, page: Frame) -> None:
        self.records += len(page)
        for sink in self.sinks:
            sink.write(page)
        if self.pages is not None:
            self.pages.append(page)


@define(eq=False)
class Outputs:
    """`folder` is where files are written meanwhile; `captures` keeps all records. `dry` writes nothing but memstores."""

    setting: Setting
    folder: Path | None
    captures: bool = False
    dry: bool = False
    products: dict[str, list[Product]] = field(factory=dict)
    known: dict[tuple[str, Node], Product] = field(factory=dict)
    sinks: dict[tuple[str, str], Sink] = field(factory=dict)
    writing: list[str] = field(factory=list)
    """The databases that generates whose records are being made insert into."""

    @contextmanager
    def within(self, node: Node) -> Iterator[None]:
        """As long as it holds, records of the generate are being made."""
        text, before = node.get("target").strip(), len(self.writing)
        for call in read_calls(text, node.at("target")) if text else ():
            first, _, how = call.name.partition(".")
            if first in self.setting.databases and how in ("", *ADDING):
                self.writing.append(first)
        try:
            yield
        finally:
            del self.writing[before:]

    def begin(self, node: Node, path: list[str]) -> Product:
        """The product of a generate at that path of names."""
        name = "|".join(path if len(path) == 1 else path[1:])
        key = (name, node)
        if key not in self.known:
            others = self.products.setdefault(name, [])
            pages = None if not self.captures else others[0].pages if others else []
            made = self.known[key] = Product(name, self._sinks(node, path[-1]), pages)
            others.append(made)
        return self.known[key]

    def _sinks(self, node: Node, product: str) -> list[Sink]:
        text = node.get("target").strip()
        if not text:
            return []
        found = []
        for call in read_calls(text, node.at("target")):
            if self.dry and call.name not in self.setting.stores:
                continue
            key = (product, repr((call, node.get("targetEntity"), node.get("type"), node.get("exportUri"))))
            if key not in self.sinks:
                self.sinks[key] = self._sink(call, node, product)
            found.append(self.sinks[key])
        return found

    def _sink(self, call: Call, node: Node, product: str) -> Sink:
        place, setting = node.at("target"), self.setting
        first, _, how = call.name.partition(".")
        if call.name in SPOKEN:
            return SpokenSink(product, setting.say)
        if call.name in FILES:
            if self.folder is None:
                return SpokenSink(product, lambda line: None)
            folder = self.folder / node.get("exportUri") if node.get("exportUri") else self.folder
            if not folder.resolve().is_relative_to(self.folder.resolve()):
                raise failed("models.outside", f"{node.get('exportUri')} leads out of the output", node.at("exportUri"))
            positional = dict(zip(_POSITIONAL.get(call.name, ()), call.positional, strict=False))
            asked = Asked(
                product, folder, place, setting.packs, setting.defaults.separator, setting.defaults.line_separator,
                tuple(expected_fields(node)), {**positional, **call.named},
            )  # fmt: skip
            return in_chunks(asked, FILES[call.name]) if call.name in CHUNKED else FILES[call.name](asked)
        if call.name in setting.stores:
            store = setting.stores[call.name]
            store.other_names.setdefault(node.get("targetEntity") or node.get("type") or product, product)
            return MemstoreSink(store, product)
        if first in setting.databases and (not how or how in WAYS):
            table = node.get("targetEntity") or node.get("type") or product
            depth = self.writing.count(first)
            return DatabaseSink(setting.databases[first], table, how or "insert", place, setting.say, depth)
        known = [*FILES, *SPOKEN, *setting.stores, *setting.databases]
        message = f"there is no target {excerpt(call.name)}"
        raise failed("models.unknown_target", message, place, nearest(call.name, known) or f"one of {', '.join(known)}")

    def close(self) -> None:
        """Ends all files; databases keep what was written."""
        for sink in self.sinks.values():
            sink.close()
        for database in self.setting.databases.values():
            database.commit()

    def give_up(self) -> None:
        """Ends all files as they are; databases forget what was written."""
        for sink in self.sinks.values():
            try:
                sink.close()
            except (DatamimicError, OSError, ValueError):
                continue
        for database in self.setting.databases.values():
            database.roll_back()

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """All records, by product; of a run that captures."""
        return {
            name: [without_classes(record) for page in products[0].pages or [] for record in page.objects()]
            for name, products in self.products.items()
        }

    def counts(self) -> dict[str, int]:
        """How many records every product has."""
        return {name: sum(each.records for each in products) for name, products in self.products.items()}


_POSITIONAL: Final = {
    "CSV": ("delimiter",),
    "JSON": ("use_ndjson",),
    "XML": ("root_element", "item_element"),
    "TXT": ("separator", "line_terminator"),
    "XLSX": ("sheet_name",),
    "FixedWidth": ("columns",),
}


def expected_fields(node: Node) -> list[str]:
    """The fields that the statements of a generate may give its records."""
    names: dict[str, None] = {}
    for child in node.children:
        if child.name in _SHOWN:
            names.setdefault(child.get("name"))
            names.update(dict.fromkeys(each.get("target") for each in child.children if each.name == "field"))
        elif child.name in ("condition", "if", "else-if", "else", "while"):
            names.update(dict.fromkeys(expected_fields(child)))
    return [name for name in names if name]
