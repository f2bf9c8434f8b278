"""What stands in a `<generate>`, one statement after the other, as columns of its table."""

from __future__ import annotations

from attrs import define, evolve, field

from datamimic_models.model import Check
from datamimic_models.rules.choices import Constant
from datamimic_models.rules.lookup import Lookup
from datamimic_models.rules.words import thawed
from datamimic_models.translating.context import Work
from datamimic_models.translating.converters import changes
from datamimic_models.translating.drafts import DraftColumn, Made
from datamimic_models.translating.entities import entity_meaning, is_alias
from datamimic_models.translating.meanings import ColumnOf, Literal
from datamimic_models.translating.nesting import member
from datamimic_models.translating.refusals import Refusal, leave_out, refuse
from datamimic_models.translating.scopes import Scope, resolved
from datamimic_models.translating.scripts import all_of, path_of_script
from datamimic_models.translating.sources import joined, key_of, other_table, record_meaning, row_of_other
from datamimic_models.translating.values import default_of, type_of_made, value
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.sources import is_file_name

_FIELDS = ("key", "nestedKey", "array", "list")


def _alike(default: Made, column: DraftColumn) -> bool:
    """May the default stand in the column?"""
    null = isinstance(default.rule, Constant) and default.rule.value is None
    nested = [each.name if each is not None else "" for each in (default.type, column.type)]
    return null or nested[0] == nested[1] or not {"struct", "list"} & {*nested}


@define(eq=False)
class Statements:
    """`conditions` are those of the branches that a statement stands in; `below` takes the generates within, with these."""

    work: Work
    scope: Scope
    below: list[tuple[Node, str]] = field(factory=list)
    included: list[Node] = field(factory=list)
    """Files that are included for every record."""

    def run(self, nodes: tuple[Node, ...], condition: str = "") -> None:
        for node in nodes:
            try:
                self.statement(node, condition)
            except Refusal as refusal:
                refuse(node, refusal, self.work.mistakes)

    def statement(self, node: Node, condition: str) -> None:
        """Raises `Refusal`."""
        match node.name:
            case "variable":
                self.variable(node, condition)
            case name if name in _FIELDS:
                self.field(node, condition)
            case "reference":
                self.reference(node, condition)
            case "condition":
                self.branches(node, condition)
            case "assert":
                self.check(node, condition)
            case "echo":
                leave_out(node, "it is told while the model runs", self.work.mistakes)
            case "generate":
                self.below.append((node, condition))
            case "include":
                if condition:
                    raise Refusal("what it includes is only known when the records are made")
                self.included.append(node)
            case "while":
                raise Refusal("it goes on until a condition no longer holds; a row is made at once")
            case "execute":
                raise Refusal("it runs a program for every record")
            case _:
                raise Refusal("it stands for no column")

    # -- values ---------------------------------------------------------------------------------------------------

    def variable(self, node: Node, condition: str) -> None:
        scope, work, name = self.scope, self.work, node.get("name")
        if node.has("entity"):
            scope.variables[name] = entity_meaning(node, scope, work)
            return
        if node.has("source") and not (node.has("iterationSelector") or node.has("selector")):
            other = other_table(node, work)
            if other is not None:
                scope.variables[name] = row_of_other(node, scope, other, work)
                return
            if is_file_name(node.get("source")) and node.get("source").lower().find(".wgt.csv") < 0:
                scope.variables[name] = record_meaning(node, scope, work, scope.table.total)[0]
                return
        alias = None if condition else is_alias(node, scope, work)
        if alias is not None:
            scope.variables[name] = alias
            return
        made = value(node, scope, work)
        conditional = condition or node.get("condition").strip()
        if isinstance(made.rule, Constant) and not conditional:
            scope.variables[name] = Literal(thawed(made.rule.value))
            return
        known = scope.variables.get(name)
        if conditional and isinstance(known, ColumnOf) and known.column in scope.table.hidden:
            column = scope.table.hidden[known.column]
        else:
            kind = type_of_made(node, made, scope, work)
            column = DraftColumn(scope.table.free(name), node.place, type=kind, hidden=True)
        self.put(column, node, made, condition)
        scope.table.hidden.setdefault(column.name, column)
        scope.variables[name] = ColumnOf(scope.table, column.name)

    def field(self, node: Node, condition: str) -> None:
        scope, name = self.scope, node.get("name")
        table = scope.table
        made = member(node, scope, self.work)
        kind = type_of_made(node, made, scope, self.work)
        before = table.columns.get(name)
        if before is None:
            column = DraftColumn(name, node.place, type=kind)
        elif condition or node.has("condition"):
            column = before
        else:
            # A field that is made again is the new one, in its old place.
            column = DraftColumn(name, node.place, type=kind)
            if table.primary_key == name:
                table.primary_key = None
        self.put(column, node, made, condition)
        if not column.branches and self.shows_parent(node):
            self.show_parent(column)
        table.columns[name] = column
        scope.fields[name] = ColumnOf(table, name)
        if made.unique and column.made is made and table.primary_key is None and scope.table.above is None:
            table.primary_key = name

    def shows_parent(self, node: Node) -> bool:
        """Is a field the key of the row above, as it is?"""
        above = self.scope.table.above
        if above is None or above.primary_key is None or not node.has("script") or changes(node) or node.has("type"):
            return False
        path = path_of_script(node.get("script"))
        found = None if path is None else resolved(self.scope, path, self.work.top)
        if found is None or found[2] != 1 or found[1] or not isinstance(found[0], ColumnOf):
            return False
        shown = {name for key in self.scope.table.keys for name in key.columns if name in self.scope.table.columns}
        return found[0].table is above and found[0].column == above.primary_key and not shown

    def show_parent(self, column: DraftColumn) -> None:
        """The field refers to the row above, in place of a column that is not shown."""
        table = self.scope.table
        assert table.above is not None and table.above.primary_key is not None
        table.hidden.pop(table.keys[0].columns[0], None)
        theirs = table.above.primary_key
        table.keys[0] = evolve(table.keys[0], columns=(column.name,), parent_columns=(theirs,))
        column.made = None
        column.type = table.above.columns[theirs].type

    def put(self, column: DraftColumn, node: Node, made: Made, condition: str) -> None:
        """Add a rule to a column: for all rows, or for those of the branch and where its own condition holds."""
        own = (
            self.work.expression(node.get("condition"), self.scope, node.at("condition"))
            if node.has("condition")
            else ""
        )
        both = all_of(condition, "" if own == "True" else own)
        if not both:
            column.made, column.branches = made, []
            return
        column.branches.insert(0, (both, made))
        default = default_of(node, self.scope, self.work)
        if default is not None and not _alike(default, column):
            raise Refusal(f"its default is no {column.type}", node.at("defaultValue"))
        if default is not None and condition:
            column.branches.insert(1, (condition, default))
        elif default is not None:
            column.made = default

    # -- references -----------------------------------------------------------------------------------------------

    def reference(self, node: Node, condition: str) -> None:
        scope, work = self.scope, self.work
        if condition or node.has("condition"):
            raise Refusal("a reference of some rows")
        other = other_table(node, work)
        if other is None:
            raise Refusal(
                f"{node.get('source')} is a database, whose rows are read while the model runs", node.at("source")
            )
        fields = [(child.get("sourceKey"), child.get("target")) for child in node.children if child.name == "field"]
        table = scope.table
        for theirs, name in fields or [(node.get("sourceKey"), node.get("name"))]:
            if theirs not in other.columns:
                raise Refusal(f"{other.name} has no column {theirs}", node.at("sourceKey"))
            kind = other.columns[theirs].type
            column = DraftColumn(name, node.place, type=kind)
            table.columns[name] = column
            scope.fields[name] = ColumnOf(table, name)
            if not fields and theirs == key_of(other):
                joined(table, other, node.place, name)
                if node.flag("unique"):
                    table.keys[-1] = evolve(table.keys[-1], pick="once")
            elif node.flag("unique"):
                raise Refusal(f"every row of {other.name} once, by a column that is not its key", node.at("unique"))
            else:
                column.made = Made(Lookup(other.name, theirs, of=node.get("name")), kind)

    # -- branches -------------------------------------------------------------------------------------------------

    def branches(self, node: Node, condition: str) -> None:
        before = [condition] if condition else []
        for child in node.children:
            said = ""
            if child.name != "else":
                said = self.work.expression(child.get("condition"), self.scope, child.at("condition"))
            if said == "False":
                continue
            self.run(child.children, all_of(*before, "" if said == "True" else said))
            before.append(f"not ({said})")

    def check(self, node: Node, condition: str) -> None:
        text = self.work.expression(node.get("condition"), self.scope, node.at("condition"))
        whole = f"({text}) if ({condition}) else True" if condition else text
        message = node.get("message")
        name = message if message and "{" not in message else None
        self.scope.table.checks.append(Check(whole, name, place=node.place))
