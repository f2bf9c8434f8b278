"""Where records begin: files as lists of values or as given tables, and other tables of the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

from attrs import frozen

from datamimic_models.model import ColumnType, ForeignKey, Place
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.numbering import Serial
from datamimic_models.rules.positions import Cycle
from datamimic_models.rules.ranges import Range
from datamimic_models.translating.context import Work
from datamimic_models.translating.databases import table_of_database
from datamimic_models.translating.drafts import DraftColumn, DraftTable, Made, computed
from datamimic_models.translating.meanings import ColumnOf, LookedUp, Meaning
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.scripts import guarded
from datamimic_models.translating.value_types import TYPED, fitted, type_of_values
from datamimic_models.xml.arrow import plain
from datamimic_models.xml.bindings import bind
from datamimic_models.xml.cells import with_scripts
from datamimic_models.xml.frames import Frame, record_frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import pieces
from datamimic_models.xml.sources import Source, is_file_name

MOST_LISTED: Final = 500
"""Records of a source that stand in the model itself."""
NUMBER: Final = "row_number"
Order = Literal["random", "ordered", "weighted"]


@frozen
class Records:
    """What a source holds: plain records, or values where it is `single`."""

    values: tuple[Any, ...]
    weights: tuple[float, ...] | None
    single: bool
    type: ColumnType


def records_of(node: Node, work: Work) -> Records:
    """The records of the file that an element names. Raises `Refusal`."""
    source = _source(node, work)
    frame = source.records
    single = source.single
    held = [plain(each, TYPED) for each in (frame.fields[""].objects() if single else frame.objects())]
    kind = type_of_values(held)
    if kind is None:
        raise Refusal(f"the records of {node.get('source')} are of no type that columns have", node.at("source"))
    return Records(tuple(fitted(each, kind) for each in held), source.weights, single, kind)


def _source(node: Node, work: Work) -> Source:
    text = node.get("source").strip()
    if not is_file_name(text):
        raise Refusal(f"its source {text} is neither a file nor a generate of the model", node.at("source"))
    if work.setting.databases.get(text):
        raise Refusal("rows of a database are read while the model runs", node.at("source"))
    bound = guarded(lambda: bind(node, work.root, work.setting))
    assert bound.source is not None
    return bound.source if not bound.scripted else _with_cells(bound.source, node, work)


def _with_cells(source: Source, node: Node, work: Work) -> Source:
    """The source with what its cells say, where that is the same for all records."""
    records, place = source.records, node.at("source")
    if any(_depends(each, work, place) for each in records.objects()):
        raise Refusal("cells of its source are scripts that say something else of every record", place)
    rows = record_frame("", {}, len(records))
    made: Frame = guarded(lambda: with_scripts(records, rows, work.setting, place, "cell"))
    return Source(made, source.weights, source.single)


def _depends(value: Any, work: Work, place: Place) -> bool:
    """Are there names or draws in the scripts of a cell?"""
    if isinstance(value, dict | list):
        return any(_depends(each, work, place) for each in (value.values() if isinstance(value, dict) else value))
    scripts = [part[0] for part in pieces(value) if isinstance(part, tuple)] if isinstance(value, str) else []
    read = [guarded(lambda text=text: work.setting.expression(text, place)) for text in scripts]
    return any(each.names or each.draws for each in read)


def order_of(node: Node, records: Records) -> Order:
    if records.weights is not None:
        return "weighted"
    said = node.get("distribution", "random")
    if said == "cumulated":
        raise Refusal("its distribution is cumulated", node.at("distribution"))
    return "ordered" if said == "ordered" else "random"


def value_of(node: Node, work: Work, once: bool = False) -> Made:
    """The rule of a value that is drawn from a file: one of its values, or of its records. `once`: none comes again."""
    records = records_of(node, work)
    if len(records.values) > MOST_LISTED:
        raise Refusal(
            f"{node.get('source')} has {len(records.values):,} records, and a list {MOST_LISTED}", node.at("source")
        )
    order = order_of(node, records)
    if order == "ordered":
        return Made(Cycle(records.values), records.type)
    return Made(Choice(records.values, records.weights), records.type, unique=once and order == "random")


def record_meaning(
    node: Node, scope: Scope, work: Work, rows: int | None = None
) -> tuple[Meaning, tuple[str, ...], Records]:
    """What a variable or a generate that reads a file stands for, and the names of its fields. With `rows`, that many rows are
    made, each of which has a record of its own where there are enough."""
    records = records_of(node, work)
    names = () if records.single else tuple(name for name, _ in records.type.members)
    if len(records.values) > MOST_LISTED:
        return _given(node, scope, work, records), names, records
    once = scope.table.above is None and rows is not None and rows <= len(records.values) and scope.is_row
    made = value_of(node, work, once)
    name = scope.table.hide(node.get("name"), made, records.type, node.place)
    return ColumnOf(scope.table, name), names, records


def _given(node: Node, scope: Scope, work: Work, records: Records) -> Meaning:
    """Of a large file, which is a table of rows that exist."""
    text = node.get("source").strip()
    beside = work.setting.defaults.file
    path = work.setting.folder.find(text, node.at("source"), beside.parent if beside else None)
    if records.single or not text.lower().endswith(".csv"):
        raise Refusal(
            f"{text} has {len(records.values):,} records; as a table only CSV with a header is read", node.at("source")
        )
    other = _given_table(node, path, work, records)
    order = order_of(node, records)
    if order == "weighted":
        weight = node.get("weightColumn") or "weight"
        return LookedUp(scope.table, other, node.get("name"), node.place, weight=weight)
    size = len(records.values)
    text = f"{numbered(scope.table)} % {size}"
    made = computed(text) if order == "ordered" else Made(Range(0, size - 1), ColumnType("int"))
    own = scope.table.hide(f"{node.get('name')}_number", made, ColumnType("int"), node.place)
    return LookedUp(scope.table, other, node.get("name"), node.place, own, NUMBER)


def _given_table(node: Node, path: Path, work: Work, records: Records) -> DraftTable:
    root = work.setting.folder.root.resolve()
    place = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    known = next((each for each in work.given if each.source == place), None)
    if known is not None:
        return known
    separator = node.get("separator") or work.setting.defaults.separator
    made = DraftTable(f"source_{path.name.split('.')[0]}", "", node, source=place)
    made.settings = () if separator == "," else (("delimiter", separator),)
    weight = (node.get("weightColumn") or "weight") if records.weights is not None else ""
    for name, kind in records.type.members:
        made.columns[name] = DraftColumn(name, node.place, None, ColumnType("float") if name == weight else kind)
    made.hidden[NUMBER] = DraftColumn(NUMBER, node.place, Made(Serial(start=0)), ColumnType("int"), hidden=True)
    work.given.append(made)
    return made


def numbered(table: DraftTable) -> str:
    """The hidden column that numbers the rows of a table, from 0."""
    if NUMBER not in table.hidden and NUMBER not in table.columns:
        made = Made(Serial(start=0), unique=True)
        table.hidden[NUMBER] = DraftColumn(NUMBER, table.node.place, made, ColumnType("int"), hidden=True)
    return NUMBER


def other_table(node: Node, work: Work) -> DraftTable | None:
    """The table that the source of an element is: of a memstore, or of a generate. None where it is no such. Raises `Refusal`
    for a memstore that has no such product."""
    text = node.get("source").strip()
    if text in work.stores:
        product = node.get("sourceType") or node.get("sourceEntity") or node.get("type") or node.get("name")
        found = work.stores[text].get(product)
        if found is None and text in work.setting.databases:
            return table_of_database(node, product, work)
        if found is None:
            raise Refusal(f"the memstore {text} has no product {product} before it", node.at("source"))
        return found
    return work.table_of(text)


def row_of_other(node: Node, scope: Scope, other: DraftTable, work: Work) -> Meaning:
    """What a variable stands for that reads another table of the model: any of its rows, or one after the other."""
    table, said = scope.table, node.get("distribution", "random")
    if said != "ordered" and other.above is None:
        return LookedUp(table, other, node.get("name"), node.place)
    numbered(table)
    siblings = other.above is not None and other.above is table.above
    if siblings and other.each and table.each and other.above is not None:
        above = numbered(other.above)
        place = (
            f"{NUMBER} % {table.each} % {other.each}" if said == "ordered" else f"random.randint(0, {other.each - 1})"
        )
        text = f"parent.{above} * {other.each} + {place}"
    elif other.total:
        text = f"{NUMBER} % {other.total}" if said == "ordered" else f"random.randint(0, {other.total - 1})"
    else:
        raise Refusal(f"how many rows {other.name} has is only known when they are made", node.at("source"))
    theirs = numbered(other)
    own = table.hide(f"{node.get('name')}_number", computed(text), ColumnType("int"), node.place)
    return LookedUp(table, other, node.get("name"), node.place, own, theirs)


def key_of(table: DraftTable) -> str:
    """The unique column that rows of other tables refer to."""
    return table.primary_key or numbered(table)


def joined(table: DraftTable, other: DraftTable, place: Any, column: str | None = None) -> None:
    """Let the table refer to another: by a shown column, or a hidden one."""
    theirs = numbered(other) if column is None else key_of(other)
    held = other.columns.get(theirs) or other.hidden[theirs]
    if column is None:
        column = table.free(f"{other.name}_number")
        table.hidden[column] = DraftColumn(column, place, None, held.type, hidden=True)
    table.keys.append(ForeignKey(columns=(column,), parent_table=other.name, parent_columns=(theirs,), place=place))
