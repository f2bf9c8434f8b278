"""Running a model: its statements over frames of records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from attrs import define, field

from datamimic import DatamimicError
from datamimic.columns import Ints
from datamimic_models.xml.bindings import Bound, bind, bound_by, together
from datamimic_models.xml.converters import REMOVE, without_empty
from datamimic_models.xml.counting import is_series, lengths_of, limit_of_variables, series
from datamimic_models.xml.demographics import population_of
from datamimic_models.xml.executing import execute
from datamimic_models.xml.fields import Fields
from datamimic_models.xml.finishing import converted
from datamimic_models.xml.frames import Frame, record_frame, root_frame
from datamimic_models.xml.generators import generator_of, holding
from datamimic_models.xml.naming import read_properties, walk_of
from datamimic_models.xml.nodes import Node, Written
from datamimic_models.xml.outputs import Outputs
from datamimic_models.xml.reading_setup import read_setup
from datamimic_models.xml.scripts import evaluate, filled, truths
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.sources import of_records
from datamimic_models.xml.stores import Memstore
from datamimic_models.xml.values import Listed, Plain, Value

MOST_ECHOES: Final = 100
"""Lines of one `<echo>` in one page."""
MOST_ITERATIONS: Final = 1_000
DEEPEST_INCLUDE: Final = 20


@define(eq=False)
class Runner:
    """Runs statements; `outputs` take the records of every generate."""

    setting: Setting
    outputs: Outputs
    fields: Fields = field(init=False)
    handlers: dict[str, Callable[[Node, Frame], None]] = field(init=False)
    open_files: list[Path] = field(factory=list)
    sources_named: set[str] = field(factory=set)
    """What is read by name somewhere: records of such generates are kept for their siblings."""

    def __attrs_post_init__(self) -> None:
        self.fields = Fields(self.setting, self.statements)
        self.handlers = {
            "key": self.fields.field,
            "variable": self.fields.field,
            "nestedKey": self.fields.nested,
            "array": self.fields.array,
            "list": self.fields.listing,
            "element": self.fields.element,
            "reference": self.fields.reference,
            "condition": self.condition,
            "while": self.repeat,
            "assert": self.demand,
            "echo": self.echo,
            "include": self.include,
            "execute": lambda node, frame: execute(node, frame, self.setting, self.outputs),
            "generate": self.generate,
            "memstore": self.memstore,
            "database": self.database,
            "mongodb": self.database,
            "generator": self.generator,
            "state-machine": self.state_machine,
            "demographics": self.demographics,
        }

    def run(self, path: Path) -> Frame:
        """Run the model of a file; the one record above all. Raises `DatamimicError`."""
        root = root_frame({})
        self.setup(path, root)
        return root

    def setup(self, path: Path, frame: Frame) -> None:
        """Run what a setup holds, in the frame that includes it."""
        node = self.setting.once(("setup", path), lambda: read_setup(path, self.setting.folder.root))
        if len(self.open_files) >= DEEPEST_INCLUDE or path in self.open_files:
            raise failed("models.include_circle", f"{path.name} includes itself", node.place)
        self.sources_named.update(each.get("source") for each in node.within())
        before = self.setting.defaults
        self.setting.defaults = before.of_setup(node, path)
        self.open_files.append(path)
        try:
            self.statements(node.children, frame)
        finally:
            self.open_files.pop()
            self.setting.defaults = before

    def statements(self, nodes: tuple[Node, ...], frame: Frame) -> None:
        for node in nodes:
            try:
                if self.setting.watch is None:
                    self.handlers[node.name](node, frame)
                else:
                    with self.setting.watch.timed(_called(node, frame)):
                        self.handlers[node.name](node, frame)
            except DatamimicError as error:
                if error.line is None:
                    error.file, error.line = node.place.file, node.place.line
                raise

    # -- records --------------------------------------------------------------------------------------------------

    def generate(self, node: Node, frame: Frame) -> None:
        bound, lengths = self._counted(node, frame)
        total, size = int(lengths.sum()), self._page(node)
        ends = np.cumsum(lengths)
        path = f"{frame.path}.{node.get('name')}" if frame.path else node.get("name")
        if self.setting.watch is not None and frame.path:
            self.setting.watch.lies_below(frame.path, node.get("name"), lengths)
        self.setting.tables[path] = node.get("targetEntity") or node.get("type") or node.get("name")
        kept: list[Frame] = []
        keep = bool(frame.path) and node.get("name") in self.sources_named
        product = self.outputs.begin(node, path.replace("?", "").split("."))
        for start in range(0, total, size):
            stop = min(start + size, total)
            flat = np.arange(start, stop, dtype=np.int64)
            above = np.searchsorted(ends, flat, side="right").astype(np.int64)
            index = flat - (ends - lengths)[above]
            first = self.setting.number(path, len(flat))
            numbers = first + np.arange(len(flat), dtype=np.int64)
            page = Frame(node.get("name"), numbers, index, frame, above, path=path)
            self._begin(node, page, bound)
            with self.outputs.within(node):
                self.statements(node.children, page)
            page = self._converted(node, page)
            product.write(page)
            if keep:
                kept.append(page)
        if kept:
            frame.made[node.get("name")] = Listed(lengths, together(kept))

    def _counted(self, node: Node, frame: Frame) -> tuple[Bound | None, Ints]:
        bound: Bound | None = None
        if node.has("script"):
            bound = self._scripted(node, frame)
        elif node.has("source"):
            bound = bind(node, frame, self.setting)
        lengths = limit_of_variables(node, frame, self.setting, lengths_of(node, frame, self.setting, bound))
        if node.has("condition"):
            holds = truths(node.get("condition"), frame, self.setting, node.at("condition"), node.get("name"))
            lengths = np.where(holds, lengths, 0)
        return bound, lengths

    def _scripted(self, node: Node, frame: Frame) -> Bound:
        found = evaluate(node.get("script"), frame, self.setting, node.at("script"), node.get("name")).objects()
        rows = [each if isinstance(each, list | tuple) else [each] for each in found]
        lengths = np.array([len(each) for each in rows], dtype=np.int64)
        records: Value = of_records([record for each in rows for record in each]).records
        return Bound(made=Listed(lengths, records))

    def _begin(self, node: Node, page: Frame, bound: Bound | None) -> None:
        if bound is not None:
            ordered = node if node.has("source") else _ORDERED
            self.fields.begin(
                page, bound_by(bound, ordered, page, self.setting, f"{node.get('name')} source", below=True)
            )
        if is_series(node):
            moments = series(node)
            steps = page.index % len(moments)
            columns: dict[str, Value] = {
                "now": Plain(moments.moments(steps)),
                "step": Plain(steps),
                "series": Plain(page.index // len(moments)),
            }
            page.put("ts", record_frame("ts", columns, len(page)), shown=False)

    def _converted(self, node: Node, page: Frame) -> Frame:
        if not node.get("converter").strip():
            return page
        if node.get("converter").strip() == REMOVE:
            records = [without_empty(record) for record in page.objects()]
        else:
            records = converted(node, page, self.setting).objects()
        made = of_records(records).records
        made.name, made.path, made.numbers, made.index = page.name, page.path, page.numbers, page.index
        return made

    def _page(self, node: Node) -> int:
        # Records that read what the records before them have written are made one at a time.
        one = self.setting.once(("one at a time", node), lambda: _reads_what_it_writes(node, self.setting))
        return 1 if one else self.setting.page

    # -- control --------------------------------------------------------------------------------------------------

    def condition(self, node: Node, frame: Frame) -> None:
        left = np.arange(len(frame), dtype=np.int64)
        branches: list[Frame] = []
        for number, child in enumerate(node.children):
            part = frame.branch(left)
            if child.name != "else":
                label = f"condition {number}"
                holds = truths(child.get("condition"), part, self.setting, child.at("condition"), label)
                taken, left = left[holds], left[~holds]
            else:
                taken, left = left, left[:0]
            if len(taken):
                branch = frame.branch(taken)
                branch.path = f"{frame.path}?{number}" if number else frame.path
                self.statements(child.children, branch)
                branches.append(branch)
        frame.merge(branches)

    def repeat(self, node: Node, frame: Frame) -> None:
        most = int(node.get("maxIterations", str(MOST_ITERATIONS)))
        rows = np.arange(len(frame), dtype=np.int64)
        path = frame.path
        for turn in range(most + 1):
            part = frame.branch(rows)
            label = f"while {turn}"
            rows = rows[truths(node.get("condition"), part, self.setting, node.at("condition"), label)]
            if not len(rows):
                return
            if turn == most:
                message = f"the condition {node.get('condition')} still holds after {most} iterations"
                raise failed("models.endless", message, node.at("condition"), "maxIterations")
            branch = frame.branch(rows)
            branch.path = f"{path}~{turn}" if turn else path
            self.statements(node.children, branch)
            frame.merge([branch])

    def demand(self, node: Node, frame: Frame) -> None:
        holds = truths(node.get("condition"), frame, self.setting, node.at("condition"), "assert")
        if holds.all():
            return
        row = int(np.flatnonzero(~holds)[0])
        part = frame.branch(np.array([row], dtype=np.int64))
        message = node.get("message") or f"{node.get('condition')} does not hold"
        [text] = filled(message, part, self.setting, node.at("message"), "message")
        where = f"record {int(part.numbers[0])} of {frame.name}"
        raise failed("models.assertion", f"{text} ({where})", node.at("condition"))

    def echo(self, node: Node, frame: Frame) -> None:
        part = frame if len(frame) <= MOST_ECHOES else frame.branch(np.arange(MOST_ECHOES, dtype=np.int64))
        for line in filled(node.text, part, self.setting, node.place, "echo"):
            self.setting.say(line)

    def include(self, node: Node, frame: Frame) -> None:
        place = node.at("uri")
        names = filled(node.get("uri"), frame, self.setting, place, "include")
        for row, name in enumerate(names):
            beside = self.setting.defaults.file
            path = self.setting.folder.find(name, place, beside.parent if beside else None)
            whole = len(frame) == 1
            part = frame if whole else frame.branch(np.array([row], dtype=np.int64))
            if path.suffix.lower() == ".properties":
                for key, value in read_properties(path, place).items():
                    part.put(key, value.take(np.zeros(len(part), np.int64)), shown=False)
            else:
                self.setup(path, part)
            if not whole:
                frame.merge([part])

    # -- what is named --------------------------------------------------------------------------------------------

    def memstore(self, node: Node, frame: Frame) -> None:
        self.setting.stores.setdefault(node.get("id"), Memstore(node.get("id")))

    def database(self, node: Node, frame: Frame) -> None:
        from datamimic_models.xml.database_places import database_of

        self.setting.databases[node.get("id")] = database_of(node, self.setting)

    def generator(self, node: Node, frame: Frame) -> None:
        name = node.get("name")
        path = f"generator {name}"
        made = generator_of(node.get("generator"), node.at("generator"), path, node, self.setting)
        self.setting.generators[name] = made

    def state_machine(self, node: Node, frame: Frame) -> None:
        made, world = walk_of(node, self.setting)
        self.setting.generators[node.get("id")] = holding(made, world, f"state-machine {node.get('id')}")

    def demographics(self, node: Node, frame: Frame) -> None:
        self.setting.demographics = population_of(node, self.setting)


_ORDERED: Final = Node("generate", {"distribution": Written("ordered")}, (), "")
"""Records that a script gives come in its order."""


def _called(node: Node, frame: Frame) -> str:
    """A statement as a profile names it."""
    name = node.get("name") or node.get("id")
    return f"<{node.name}> {frame.path}{'.' if frame.path and name else ''}{name}".rstrip()


def _reads_what_it_writes(node: Node, setting: Setting) -> bool:
    places = {*setting.stores, *setting.databases}
    read = {each.get("source") for each in node.within() if each.get("source") in places and each is not node}
    written = {
        part.strip().split(".")[0]
        for each in node.within()
        for part in each.get("target").split(",")
        if each.has("target")
    }
    return bool(read & written)
