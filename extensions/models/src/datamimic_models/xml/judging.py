"""What is wrong with a model, all of it, before anything is made: scripts, generators, converters, sources, targets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from datamimic import DatamimicError
from datamimic_models.model import BadModel, Mistakes, Place
from datamimic_models.xml.calls import Call, read_calls, read_choices
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.entities import entity_variable
from datamimic_models.xml.finishing import converters
from datamimic_models.xml.generators import generator_of
from datamimic_models.xml.making import generator_call, read_weights
from datamimic_models.xml.naming import property_lines
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.outputs import FILES, SETTINGS, SPOKEN, WAYS
from datamimic_models.xml.reading_setup import read_tree
from datamimic_models.xml.scripts import pieces
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.sources import is_file_name
from datamimic_models.xml.vocabulary import ELEMENTS, TYPES

_SCRIPTS: Final = {
    (element.name, attribute.name)
    for element in ELEMENTS.values()
    for attribute in element.attributes.values()
    if attribute.kind == "script"
}
_VALUES: Final = frozenset({"key", "variable", "element"})


@define(eq=False)
class Judge:
    """Walks a model and what it includes, as far as paths are known before it runs."""

    setting: Setting
    mistakes: Mistakes
    seen: set[Path] = field(factory=set)
    runs_code: bool = False
    named: set[str] = field(factory=set)
    """Memstores, databases, generators and generates, wherever they are."""
    further: bool = False
    """Are there includes whose paths only the run tells? They may name more."""

    def model(self, path: Path) -> None:
        """Everything that is wrong with the model of a file."""
        nodes = self._files(path)
        for node in (each for _, root in nodes for each in root.within()):
            for name in ("id", "name"):
                if node.name in ("memstore", "database", "mongodb", "generator", "generate", "state-machine"):
                    self.named.add(node.get(name))
            self.runs_code |= node.name == "execute"
        for file, root in nodes:
            before = self.setting.defaults
            self.setting.defaults = before.of_setup(root, file)
            for node in root.within():
                try:
                    self._node(node)
                except ValueError:
                    # Of an attribute that is no number, which is among the mistakes already.
                    if not self.mistakes.errors:
                        raise
            self.setting.defaults = before
        self._idle([node for _, root in nodes for node in root.within()])

    def _idle(self, nodes: list[Node]) -> None:
        """Attributes without effect, told once for each reason."""
        found: dict[str, dict[str, Place]] = {}
        for node in nodes:
            for name, written in node.attributes.items():
                attribute = ELEMENTS[node.name].attributes.get(name)
                if attribute is not None and attribute.idle:
                    found.setdefault(attribute.idle, {}).setdefault(name, written.place)
        for reason, places in found.items():
            verb = "has" if len(places) == 1 else "have"
            said = f"{', '.join(places)} {verb} no effect: {reason}"
            self.mistakes.warn("models.no_effect", said, next(iter(places.values())))

    def _files(self, path: Path) -> list[tuple[Path, Node]]:
        if path in self.seen:
            return []
        self.seen.add(path)
        mistakes = Mistakes()
        root = read_tree(path, self.setting.folder.root, mistakes)
        self.mistakes.extend(mistakes.found)
        if root is None:
            return []
        if not mistakes.errors:
            # The run takes the same tree.
            self.setting.kept["setup", path] = root
        found = [(path, root)]
        for node in root.within():
            if node.name != "include":
                continue
            uri = node.get("uri")
            if "{" in uri:
                self.further = True
                continue
            inner = self._tried(node, lambda: self.setting.folder.find(uri, node.at("uri"), path.parent))  # noqa: B023
            if isinstance(inner, Path) and inner.suffix.lower() == ".properties":
                self._tried(node, lambda: property_lines(inner, node.at("uri")))  # noqa: B023
            elif isinstance(inner, Path):
                found += self._files(inner)
        return found

    def _tried(self, node: Node, act: Callable[[], Any]) -> Any:
        """What is done; an error becomes a mistake."""
        try:
            return act()
        except BadModel as error:
            self.mistakes.extend(error.mistakes)
        except DatamimicError as error:
            if self.runs_code and "function" in error.details:
                return None  # what is executed may have it
            column = error.details.get("column") if error.details else None
            place = Place(error.file, error.line, column if isinstance(column, int) else node.place.column)
            self.mistakes.add(error.code, error.message, place if error.line else node.place, hint=error.hint)
        return None

    def _node(self, node: Node) -> None:
        for name, written in node.attributes.items():
            if (node.name, name) in _SCRIPTS and written.text.strip():
                self._tried(node, lambda: self.setting.expression(written.text, written.place))  # noqa: B023
            elif name in ("count", "minCount", "maxCount", "message", "uri"):
                self._braces(node, written.text, written.place)
        if node.name == "echo":
            self._braces(node, node.text, node.place)
        if node.get("converter").strip():
            self._converters(node)
        if node.name in _VALUES:
            self._value(node)
        if node.get("source") and "{" not in node.get("source"):
            self._source(node)
        if node.name == "generate":
            self._generate(node)
        elif node.name == "execute":
            self._tried(node, lambda: self.setting.folder.trust(f"<execute {node.get('uri')}>", node.place))

    def _braces(self, node: Node, text: str, place: Place) -> None:
        for part in pieces(text):
            if isinstance(part, tuple):
                self._tried(node, lambda: self.setting.expression(part[0], place))  # noqa: B023

    def _converters(self, node: Node) -> None:
        if not self.runs_code:
            self._tried(node, lambda: converters(node, self.setting))

    def _value(self, node: Node) -> None:
        kind, place = node.get("type"), node.at("type")
        if kind and kind not in TYPES and not node.has("source"):
            hint = nearest(kind, TYPES) or f"one of {', '.join(TYPES)}"
            self.mistakes.add("models.bad_value", f"there is no type {kind!r}", place, hint=hint)
        elif node.has("generator"):
            name = node.get("generator").partition("(")[0].strip()
            if name not in self.named and not (self.runs_code or self.further):
                self._made(node, node.get("generator"), node.at("generator"))
        elif node.has("entity"):
            self._tried(node, lambda: entity_variable(node, f"judged {id(node)}", self.setting))
        elif node.has("values") and node.has("weights"):
            self._tried(node, lambda: read_weights(node, len(read_choices(node.get("values")))))
        elif kind and not any(node.has(way) for way in ("script", "constant", "values", "source", "pattern", "string")):
            self._made(node, generator_call(node, kind), place)
        elif not kind and not any(
            node.has(way)
            for way in (
                *("script", "constant", "values", "source", "pattern", "string", "selector"),
                *("iterationSelector", "nullQuota"),
            )
        ):
            self._tried(node, lambda: _refuse(node))
        if node.has("nullQuota") and not 0 <= float(node.get("nullQuota", "0") or 0) <= 1:
            self.mistakes.add("models.bad_value", "nullQuota is a share, 0 to 1", node.at("nullQuota"))

    def _made(self, node: Node, text: str, place: Place) -> None:
        self._tried(node, lambda: generator_of(text, place, f"judged {id(node)}", node, self.setting))

    def _source(self, node: Node) -> None:
        text, place = node.get("source").strip(), node.at("source")
        if is_file_name(text):
            beside = self.setting.defaults.file
            self._tried(node, lambda: self.setting.folder.find(text, place, beside.parent if beside else None))
        elif text not in self.named and not self.further:
            hint = nearest(text, self.named) or "a file beside the model, a memstore, a database, or a generate"
            self.mistakes.add("models.unknown_source", f"there is no source {text!r}", place, hint=hint)

    def _generate(self, node: Node) -> None:
        ways = ("count", "minCount", "maxCount", "source", "script", "start")
        if not any(node.has(way) for way in ways):
            hint = "count, source, script, or start, end and interval"
            self.mistakes.add(
                "models.no_count", f"<generate name={node.get('name')!r}> says no count", node.place, hint=hint
            )
        text = node.get("target").strip()
        calls = self._tried(node, lambda: read_calls(text, node.at("target"))) if text else ()
        for call in calls or ():
            self._settings(call, node.at("target"))
            first, _, how = call.name.partition(".")
            known = [*FILES, *SPOKEN, *self.named]
            if call.name not in known and not (first in self.named and how in WAYS) and not self.further:
                hint = nearest(call.name, known) or f"one of {', '.join([*FILES, *SPOKEN])}"
                self.mistakes.add(
                    "models.unknown_target", f"there is no target {call.name!r}", node.at("target"), hint=hint
                )

    def _settings(self, call: Call, place: Place) -> None:
        known = SETTINGS.get(call.name)
        for name in call.named if known is not None else ():
            if known is not None and name not in known:
                hint = nearest(name, known) or f"{call.name} takes {', '.join(known) or 'nothing'}"
                self.mistakes.add("models.unknown_setting", f"{call.name} has no setting {name!r}", place, hint=hint)


def _refuse(node: Node) -> None:
    ways = "script, constant, values, generator, entity, source, pattern, string or type"
    if node.name != "variable":
        raise failed(
            "models.no_way", f"<{node.name} name={node.get('name')!r}> says no value", node.place, f"one of {ways}"
        )
