"""What the parts of a translation share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from datamimic import DatamimicError
from datamimic_models.model import ColumnType, Mistakes, Place
from datamimic_models.translating.drafts import DraftTable, Made
from datamimic_models.translating.meanings import Literal, Meaning
from datamimic_models.translating.refusals import CODE, Refusal
from datamimic_models.translating.samples import Samples
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.scripts import direct, guarded, rewritten
from datamimic_models.translating.value_types import type_of_values
from datamimic_models.xml.frames import Frame, root_frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import evaluate
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.values import Same


@define(eq=False)
class Work:
    """`tables` in the order of the model, `given` those of rows that exist; `top` what the setup names, `root` its record;
    `stores` what is in a memstore, by its name."""

    setting: Setting
    file: Path
    mistakes: Mistakes
    samples: Samples
    tables: list[DraftTable] = field(factory=list)
    given: list[DraftTable] = field(factory=list)
    top: dict[str, Meaning] = field(factory=dict)
    root: Frame = field(factory=lambda: root_frame({}))
    stores: dict[str, dict[str, DraftTable]] = field(factory=dict)
    generators: dict[str, Node] = field(factory=dict)
    output_format: str | None = None
    include: Callable[[Node], None] | None = None
    """Takes the file that an `<include>` names."""
    of_records: bool = False
    """Is a file included once per record of a source?"""
    keep: Callable[[Node], list[str]] | None = None
    """Keeps the records of a generate as they are, where tables cannot say it; the names of their files."""

    def tried(self, node: Node, act: Callable[[], None]) -> None:
        """What is done for a generate at the top, else its records are kept. Raises `Refusal`."""
        found, tables = self.mistakes.found, len(self.tables)
        before, stores = len(found), {name: dict(products) for name, products in self.stores.items()}
        act()
        refused = [each for each in found[before:] if each.code == CODE and each.level == "error"]
        if not refused or self.keep is None:
            return
        del found[before:], self.tables[tables:]
        self.stores.clear()
        self.stores.update(stores)
        files = self.keep(node)
        for each in refused:
            said = f"{each.message}; {f'its rows are kept in {files[0]}' if files else 'it has no record'}"
            self.mistakes.warn("models.kept", said, each.place)

    def named(self, record: Mapping[str, Any]) -> AbstractContextManager[None]:
        """As long as it holds, the fields of the record are names of the setup."""
        return _named(self, record)

    def expression(self, text: str, scope: Scope, place: Place) -> str:
        """A script over columns. Raises `Refusal`."""
        made: str = guarded(lambda: rewritten(text, scope, self.top, place))
        return made

    def direct(self, text: str, scope: Scope) -> Made | None:
        return direct(text, scope, self.top)

    def evaluated(self, text: str, place: Place) -> Any:
        """The value of a script of the setup. Raises `Refusal`."""
        return guarded(lambda: evaluate(text, self.root, self.setting, place, "setup").objects()[0])

    def sampled(self, scope: Scope, name: str) -> list[Any]:
        """Values that a name of the scope has in a few records. Raises `Refusal` where the model does not run."""
        try:
            return self.samples.values(scope.table.product, (*scope.path, name))
        except DatamimicError as error:
            where = "" if error.line is None else f", line {error.line}"
            raise Refusal(f"a few records of it cannot be made: {error.message}{where}") from None

    def sampled_type(self, scope: Scope, name: str) -> ColumnType:
        """The type of such values; text where none tells."""
        return type_of_values(self.sampled(scope, name)) or ColumnType("str")

    def table_of(self, product: str) -> DraftTable | None:
        """The last table of a generate that is called so."""
        return next((each for each in reversed(self.tables) if each.node.get("name") == product), None)


@contextmanager
def _named(work: Work, record: Mapping[str, Any]) -> Iterator[None]:
    root, top = work.root, work.top
    work.root, work.top = evolve(root, variables={**root.variables}), {**top}
    for name, value in record.items():
        work.root.put(name, Same(value, 1), shown=False)
        work.top[name] = Literal(value)
    work.of_records, before = True, work.of_records
    try:
        yield
    finally:
        work.root, work.top, work.of_records = root, top, before
