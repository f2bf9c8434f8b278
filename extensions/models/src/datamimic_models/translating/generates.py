"""A `<generate>` as a table: how many rows it has, where its records begin, what is in them, and the tables below."""

from __future__ import annotations

from typing import Final

from attrs import define

from datamimic import DatamimicError
from datamimic_models.model import ColumnType, RowCount
from datamimic_models.rules.numbering import Serial
from datamimic_models.rules.positions import Position
from datamimic_models.rules.walks import Series
from datamimic_models.translating.context import Work
from datamimic_models.translating.drafts import DraftColumn, DraftTable, Made, computed
from datamimic_models.translating.meanings import ColumnOf, Literal, LookedUp, Meaning
from datamimic_models.translating.refusals import Refusal, refuse, told
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.scripts import all_of, guarded
from datamimic_models.translating.sources import (
    Records,
    joined,
    numbered,
    order_of,
    other_table,
    record_meaning,
    records_of,
)
from datamimic_models.translating.statements import Statements
from datamimic_models.xml.calls import read_calls
from datamimic_models.xml.converters import REMOVE
from datamimic_models.xml.counting import is_series, series
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.sources import is_file_name

_MOST_INCLUDED: Final = 100
FORMATS = {"CSV": "csv", "JSON": "json", "XML": "xml", "XLSX": "xlsx"}


@define(eq=False)
class Generates:
    """Adds the tables of generates to those of the work."""

    work: Work

    def table(self, node: Node, up: Scope | None = None, path: tuple[str, ...] = (), condition: str = "") -> None:
        """Add the table of a generate, and those of what is below it."""
        try:
            self._table(node, up, path, condition)
        except Refusal as refusal:
            refuse(node, refusal, self.work.mistakes)

    def _table(self, node: Node, up: Scope | None, path: tuple[str, ...], condition: str) -> None:
        work, name = self.work, node.get("name")
        way = (*path, name)
        product = "|".join(way if len(way) == 1 else way[1:])
        self._refuse_whole(node)
        table = DraftTable(self._name(product), product, node, None if up is None else up.table)
        scope = Scope(name, table, "row", up)
        other = other_table(node, work) if node.has("source") else None
        records: Records | None = None
        if node.has("source") and other is None:
            records = records_of(node, work)
        self._count(table, scope, up, other, records, condition)
        work.tables.append(table)
        if node.has("source"):
            self._begin(table, scope, other, records)
        if is_series(node):
            self._series(table, scope)
        statements = Statements(work, scope)
        statements.run(node.children)
        if not table.columns:
            self._show_number(table)
        self._target(node, table)
        for child, inner in statements.below:
            self.table(child, scope, way, inner)
        for child in statements.included:
            try:
                self._include(child, table, records)
            except Refusal as refusal:
                refuse(child, refusal, work.mistakes)

    def _include(self, node: Node, table: DraftTable, records: Records | None) -> None:
        """A file that is included for every record of a source: the records are known, so its tables are."""
        work = self.work
        known = () if records is None or records.single or table.above is not None else records.values
        ordered = records is not None and order_of(table.node, records) == "ordered"
        each_once = known and (table.total == len(known) or ordered)
        if not each_once or work.include is None or table.total is None or table.total > _MOST_INCLUDED:
            raise Refusal("what it includes is only known when the records are made", node.at("uri"))
        for number in range(table.total):
            with work.named(known[number % len(known)]):
                work.include(node)

    def _show_number(self, table: DraftTable) -> None:
        """Records without a field, which only stand for others below them, are rows with a number."""
        number = table.hidden.pop(numbered(table))
        number.hidden = False
        table.columns[number.name] = number
        said = f"{told(table.node)} has no field; its rows have the number of the row, {number.name}"
        self.work.mistakes.warn("models.left_out", said, table.node.place)

    def _refuse_whole(self, node: Node) -> None:
        if node.has("script"):
            raise Refusal("a script gives its records", node.at("script"))
        if node.has("selector"):
            raise Refusal("rows of a database are read while the model runs", node.at("selector"))
        converter = node.get("converter").strip()
        if converter and converter != REMOVE:
            raise Refusal(f"no rule does what the converter {converter} does to a record", node.at("converter"))

    def _name(self, product: str) -> str:
        """Of two generates of one name the second has a number."""
        known = [*self.work.tables, *self.work.given]
        taken = {each.name for each in known}
        wanted = product.replace("|", "_")
        if self.work.of_records and wanted in taken:
            said = f"the records of {product} are those of several tables, one for every record that includes them"
            self.work.mistakes.warn("models.left_out", said, self.work.tables[0].node.place)
        elif wanted in taken and any(each.product == product for each in known):
            raise Refusal(f"there is another generate of the name {product}, whose records go to the same product")
        others = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
        return next(each for each in (wanted, *others) if each not in taken)

    # -- how many -------------------------------------------------------------------------------------------------

    def _count(
        self,
        table: DraftTable,
        scope: Scope,
        up: Scope | None,
        other: DraftTable | None,
        records: Records | None,
        condition: str,
    ) -> None:
        node = table.node
        size = None if records is None or records.weights is not None else len(records.values)
        if other is not None and not node.has("count"):
            if up is not None:
                raise Refusal(f"the records of {other.name} for each of {up.name}", node.at("source"))
            table.rows = RowCount(parent=other.name, least=1, most=1, place=node.place)
            table.total, table.above = other.total, other
            joined(table, other, node.place)
            return
        condition = self._condition(node, up, condition)
        least, most, text = self._asked(node, up, size, other)
        if up is None:
            if text or least != most:
                raise Refusal("how many records there are is only known when they are made", node.at("count"))
            table.each = table.total = least if condition != "False" else 0
            table.rows = RowCount(table.total, place=node.place)
            return
        table.each = least if least == most and not text and not condition else None
        above = up.table.total
        table.total = table.each * above if table.each is not None and above is not None else None
        joined(table, up.table, node.place)
        if condition or text:
            counted = text or (str(least) if least == most else f"random.randint({least}, {most})")
            said = f"({counted}) if ({condition}) else 0" if condition else counted
            table.rows = RowCount(parent=up.table.name, expression=said, place=node.place)
        else:
            table.rows = RowCount(parent=up.table.name, least=least, most=most, place=node.place)

    def _condition(self, node: Node, up: Scope | None, condition: str) -> str:
        own = ""
        if node.has("condition"):
            place = node.at("condition")
            own = (
                str(bool(self.work.evaluated(node.get("condition"), place)))
                if up is None
                else self.work.expression(node.get("condition"), up, place)
            )
        return all_of(condition, "" if own == "True" else own)

    def _asked(self, node: Node, up: Scope | None, size: int | None, other: DraftTable | None) -> tuple[int, int, str]:
        """At least, at most, and the expression that tells it otherwise."""
        if node.has("minCount") or node.has("maxCount"):
            least = self._number(node, "minCount", up) if node.has("minCount") else 0
            most = self._number(node, "maxCount", up) if node.has("maxCount") else least
            if isinstance(least, str) or isinstance(most, str):
                return 0, 0, f"random.randint({least}, {most})"
            return least, most, ""
        if is_series(node):
            length = len(guarded(lambda: series(node)))
            many = self._number(node, "count", up) if node.has("count") else 1
            if isinstance(many, str):
                return 0, 0, f"({many}) * {length}"
            return many * length, many * length, ""
        if node.has("count"):
            count = self._number(node, "count", up)
            if other is not None and not node.flag("cyclic"):
                if other.total is None:
                    raise Refusal(f"how many rows {other.name} has is only known when they are made", node.at("source"))
                size = other.total
            if isinstance(count, str):
                return 0, 0, count if size is None or node.flag("cyclic") else f"min({count}, {size})"
            count = count if size is None or node.flag("cyclic") else min(count, size)
            count = self._within_variables(node, count)
            return count, count, ""
        if size is None:
            size = 1
        offset = node.get("offset", "0").strip()
        size = max(0, size - (int(offset) if offset.isdigit() else 0))
        return size, size, ""

    def _within_variables(self, node: Node, count: int) -> int:
        """No more than the variables that read a file once have records."""
        for child in node.children:
            text = child.get("source").strip()
            if child.name != "variable" or child.flag("cyclic") or child.has("iterationSelector") or not text:
                continue
            if child.get("distribution") not in ("", "random", "ordered"):
                continue
            if is_file_name(text):
                records = records_of(child, self.work)
                count = count if records.weights is not None else min(count, len(records.values))
            else:
                other = other_table(child, self.work)
                most = None if other is None else other.each if other.above is not None else other.total
                count = count if most is None else min(count, most)
        return count

    def _number(self, node: Node, name: str, up: Scope | None) -> int | str:
        text = node.get(name).strip()
        if text.isdigit():
            return int(text)
        if not (text.startswith("{") and text.endswith("}")):
            raise Refusal(f"its {name} is {text}", node.at(name))
        if up is not None:
            made = self.work.expression(text[1:-1], up, node.at(name))
            return int(made) if made.isdigit() else made
        found = self.work.evaluated(text[1:-1], node.at(name))
        if not str(found).isdigit():
            raise Refusal(f"its {name} is {found}", node.at(name))
        return int(found)

    # -- what records begin with ----------------------------------------------------------------------------------

    def _begin(self, table: DraftTable, scope: Scope, other: DraftTable | None, records: Records | None) -> None:
        node = table.node
        if other is not None and (table.rows is None or table.rows.parent != other.name):
            self._begin_again(table, scope, other)
            return
        if other is not None:
            for name, column in other.columns.items():
                found: Meaning = ColumnOf(other, name)
                self._put(table, scope, name, computed(found.text([], 1), column.type), found, 1)
            return
        assert records is not None
        meaning, names, _ = record_meaning(node, scope, self.work, table.total)
        if records.single:
            raise Refusal("its source has plain values, which are no records", node.at("source"))
        for name in names:
            kind = dict(records.type.members)[name]
            made = meaning.made([name]) or computed(meaning.text([name], 0), kind)
            self._put(table, scope, name, made, meaning, 0)

    def _begin_again(self, table: DraftTable, scope: Scope, other: DraftTable) -> None:
        """With rows of another table, one after the other, and over again."""
        node = table.node
        if not other.total or table.above is not None:
            raise Refusal(f"so many records of {other.name}", node.at("count"))
        theirs = numbered(other)
        whole = ColumnType("int")
        own = table.hide(f"{other.name}_number", computed(f"{numbered(table)} % {other.total}"), whole, node.place)
        row = LookedUp(table, other, node.get("name"), node.place, own, theirs)
        for name, column in other.columns.items():
            self._put(table, scope, name, computed(row.text([name], 0), column.type), row, 0)

    def _put(self, table: DraftTable, scope: Scope, name: str, made: Made, meaning: Meaning, depth: int) -> None:
        table.columns[name] = DraftColumn(name, table.node.place, made, made.type)
        # Until a key of the model takes its place, the name is what was read.
        scope.fields[name] = Behind(meaning, name, depth)

    def _series(self, table: DraftTable, scope: Scope) -> None:
        node = table.node
        moments = guarded(lambda: series(node))
        step = f"{moments.step.total_seconds():g}s"
        place, whole, moment = node.place, ColumnType("int"), ColumnType("datetime")
        number = Made(Serial(start=0)) if table.above is None else Made(Position(0))
        steps = table.hide("ts_step", number, whole, place)
        if not node.has("count"):
            now = table.hide("ts_now", Made(Series(moments.start.isoformat(), step)), moment, place)
            of: Meaning = Literal(0)
        else:
            of = ColumnOf(table, table.hide("ts_series", computed(f"{steps} // {len(moments)}"), whole, place))
            steps = table.hide("ts_step_of_series", computed(f"{steps} % {len(moments)}"), whole, place)
            start = f"datetime.fromisoformat({moments.start.isoformat()!r})"
            after = f"timedelta(seconds={steps} * {moments.step.total_seconds()!r})"
            now = table.hide("ts_now", computed(f"{start} + {after}"), moment, place)
        scope.variables["ts"] = Fields({"now": ColumnOf(table, now), "step": ColumnOf(table, steps), "series": of})

    def _target(self, node: Node, table: DraftTable) -> None:
        """The format of the files is that of the first that the model names."""
        text = node.get("target").strip()
        try:
            calls = read_calls(text, node.at("target")) if text else ()
        except DatamimicError as error:
            raise Refusal(error.message, node.at("target")) from None
        for call in calls:
            if call.name in self.work.stores:
                store, other = self.work.stores[call.name], node.get("targetEntity") or node.get("type")
                store[node.get("name")] = table
                store.setdefault(other or node.get("name"), table)
            elif call.name in FORMATS:
                self.work.output_format = self.work.output_format or FORMATS[call.name]
            elif call.name.partition(".")[2]:
                said = f"{call.name} changes rows of a database; `dm run --to` loads tables into one"
                self.work.mistakes.warn("models.left_out", said, node.at("target"))


@define(eq=False)
class Behind(Meaning):
    """A field of the record that a row begins with."""

    meaning: Meaning
    name: str
    depth: int

    def text(self, parts: list[str], depth: int) -> str:
        return self.meaning.text(parts if self.depth else [self.name, *parts], depth + self.depth)

    def made(self, parts: list[str]) -> Made | None:
        return None if self.depth else self.meaning.made([self.name, *parts])


@define(eq=False)
class Fields(Meaning):
    """Several meanings by name."""

    members: dict[str, Meaning]

    def text(self, parts: list[str], depth: int) -> str:
        if not parts or parts[0] not in self.members:
            raise Refusal(f"there is no {'.'.join(parts)}; there are {', '.join(self.members)}")
        return self.members[parts[0]].text(parts[1:], depth)
