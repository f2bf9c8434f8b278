"""Records and lists in records: structs and lists of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import define, evolve

from datamimic_models.model import ColumnType
from datamimic_models.rules.choices import Choice, Constant
from datamimic_models.rules.nested import ListOf, Struct
from datamimic_models.rules.positions import Cycle
from datamimic_models.rules.words import thawed
from datamimic_models.translating.context import Work
from datamimic_models.translating.drafts import Made, computed, constant
from datamimic_models.translating.entities import entity_meaning, is_alias
from datamimic_models.translating.generators import by_generator
from datamimic_models.translating.meanings import ColumnOf, Literal, Meaning, MemberOf
from datamimic_models.translating.refusals import Refusal, leave_out, told
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.scripts import all_of
from datamimic_models.translating.sources import MOST_LISTED, Records, record_meaning, records_of
from datamimic_models.translating.value_types import may_be_member, type_of_values
from datamimic_models.translating.values import default_of, scripted, type_of_made, value
from datamimic_models.xml.converters import REMOVE
from datamimic_models.xml.making import generator_call
from datamimic_models.xml.nodes import Node

_SHOWN: Final = ("key", "nestedKey", "array", "list", "element")
_BEGINNINGS: Final = ("source", "count", "minCount", "maxCount")
TEXT: Final = "text"
"""The member that is the text of an XML element with attributes."""


def nested(node: Node, scope: Scope, work: Work) -> Made:
    """A `<nestedKey>`. Raises `Refusal`."""
    converter = node.get("converter").strip()
    if converter and converter != REMOVE:
        raise Refusal(f"no rule does what the converter {converter} does to a record", node.at("converter"))
    kind = node.get("type")
    if node.has("script"):
        return _begun(node, scope, work, _script(node, scope, work)) if node.children else scripted(node, scope, work)
    before = scope.fields.get(node.get("name"))
    if not kind and before is not None and not any(map(node.has, _BEGINNINGS)):
        if isinstance(before, ColumnOf):
            raise Refusal("it begins as the field of that name that the model makes before")
        return _begun(node, scope, work, before.text([], 0))
    if kind == "list" or (kind != "dict" and any(node.has(name) for name in ("count", "source", "minCount"))):
        return _list(node, scope, work)
    if node.has("source"):
        meaning, _names, records = record_meaning(node, scope, work)
        if node.children or not isinstance(meaning, ColumnOf):
            raise Refusal("a record of a source that more is said of", node.at("source"))
        return computed(meaning.text([], 0), records.type)
    return _record(node, scope, work, "record")


def _record(node: Node, scope: Scope, work: Work, kind: Any) -> Made:
    inner = Scope(node.get("name"), scope.table, kind, scope, (*scope.path, node.get("name")))
    return record_of(node.children, inner, work)


def record_of(
    nodes: tuple[Node, ...],
    inner: Scope,
    work: Work,
    begun: Mapping[str, tuple[Made, ColumnType]] = MappingProxyType({}),
) -> Made:
    """The struct of what stands in a record; `begun` are members that it has before."""
    members = dict(begun)
    for child, condition in with_conditions(nodes, inner, work):
        if child.name == "echo":
            leave_out(child, "it is told while the model runs", work.mistakes)
        elif child.name == "variable" and not condition:
            _variable(child, inner, work)
        elif child.name in _SHOWN:
            before = members.get(child.get("name"))
            made = _conditional(child, inner, work, member(child, inner, work), condition, before and before[0])
            found = before[1] if before is not None and condition else type_of_made(child, made, inner, work)
            if made.locale is not None or made.null_share or made.unique:
                made = _hoisted(child, made, found, inner)
            name = _member_name(child)
            if child.name == "element" and name in members:
                raise Refusal(f"{name} is a member too, beside the attribute of that name", child.place)
            members[name] = (made, found)
            if child.name != "element":
                inner.fields[name] = MemberOf(name, found)
        else:
            raise Refusal(f"<{child.name}> stands in a record", child.place)
    if not members:
        return constant("{}", ColumnType("json"))
    subjects = {made.of for made, _ in members.values() if made.of}
    if len(subjects) > 1 or (
        subjects and any(not made.of and isinstance(made.rule, Struct) for made, _ in members.values())
    ):
        raise Refusal("one record has fields of several entities; they can be variables of the row above it")
    struct = ColumnType(
        "struct", members=tuple((name, evolve(found, nullable=True)) for name, (_, found) in members.items())
    )
    rules = {name: made.rule for name, (made, _) in members.items()}
    return Made(Struct(rules, 0.0), struct, of=next(iter(subjects), None))


def _begun(node: Node, scope: Scope, work: Work, text: str) -> Made:
    """A record that begins as what an expression gives, and has more, or others, of some names."""
    place = node.at("script")
    if scope.in_items:
        raise Refusal("an item that another record is the beginning of", place)
    path = (*scope.path, node.get("name"))
    kind = work.sampled_type(scope, node.get("name"))
    if kind.name != "struct":
        raise Refusal(f"what it begins with is {kind}, and no record whose fields members can be called like", place)
    begin = scope.table.hide("_".join((*path, "begin")), computed(text, kind), kind, place)
    inner = Scope(node.get("name"), scope.table, "record", scope, path)
    for name, _ in kind.members:
        inner.fields[name] = BegunBy(ColumnOf(scope.table, begin), name)
    cells: dict[str, str] = {}
    for child, condition in with_conditions(node.children, inner, work):
        if child.name == "echo":
            leave_out(child, "it is told while the model runs", work.mistakes)
        elif child.name == "variable" and not condition:
            _variable(child, inner, work)
        elif child.name in _SHOWN:
            name = _member_name(child)
            known = inner.fields.get(name)
            before = None if known is None else computed(known.text([], 0))
            made = _conditional(child, inner, work, member(child, inner, work), condition, before)
            found = type_of_made(child, made, inner, work)
            cells[name] = scope.table.hide("_".join((*path, name)), made, found, child.place)
            inner.fields[name] = ColumnOf(scope.table, cells[name])
        else:
            raise Refusal(f"<{child.name}> stands in a record", child.place)
    names = dict.fromkeys((*dict(kind.members), *cells))
    said = ", ".join(f"{name!r}: {cells.get(name) or f'{begin}.{name}'}" for name in names)
    return computed(f"{{{said}}}", kind)


def _script(node: Node, scope: Scope, work: Work) -> str:
    return work.expression(node.get("script"), scope, node.at("script"))


@define(eq=False)
class BegunBy(Meaning):
    """A field of what a record begins with."""

    begin: Meaning
    name: str

    def text(self, parts: list[str], depth: int) -> str:
        return self.begin.text([self.name, *parts], depth)


def _member_name(node: Node) -> str:
    name = node.get("name")
    if not may_be_member(name):
        raise Refusal(f"{name!r} cannot be the name of a member", node.at("name"))
    return name


def _hoisted(node: Node, made: Made, kind: ColumnType, inner: Scope) -> Made:
    """A member that only a column can be: of a share, a locale or an order of its own."""
    if inner.in_items:
        raise Refusal("an item with a share of nulls, a locale or an order of its own", node.place)
    name = inner.table.hide("_".join((*inner.path, node.get("name"))), made, kind, node.place)
    return computed(name, kind)


def _variable(node: Node, inner: Scope, work: Work) -> None:
    if node.has("entity"):
        inner.variables[node.get("name")] = entity_meaning(node, inner, work)
        return
    alias = is_alias(node, inner, work)
    if alias is not None:
        inner.variables[node.get("name")] = alias
        return
    if inner.in_items:
        raise Refusal("a variable of an item", node.place)
    made = _conditional(node, inner, work, value(node, inner, work))
    if isinstance(made.rule, Constant):
        inner.variables[node.get("name")] = Literal(thawed(made.rule.value))
        return
    kind = type_of_made(node, made, inner, work)
    name = inner.table.hide("_".join((*inner.path, node.get("name"))), made, kind, node.place)
    inner.variables[node.get("name")] = ColumnOf(inner.table, name)


def member(node: Node, scope: Scope, work: Work) -> Made:
    """How a key, record or list is made, before its condition."""
    match node.name:
        case "nestedKey":
            return nested(node, scope, work)
        case "array":
            return array(node, scope, work)
        case "list":
            return listing(node, scope, work)
    made = value(node, scope, work)
    return _with_attributes(node, made, scope, work) if node.children else made


def _with_attributes(node: Node, made: Made, scope: Scope, work: Work) -> Made:
    """A key with attributes of the XML element that it becomes: a record of its text and of these."""
    inner = Scope(node.get("name"), scope.table, "record", scope, (*scope.path, node.get("name")))
    kind = made.type or type_of_values(work.sampled(inner, TEXT)) or ColumnType("str")
    if made.locale is not None or made.null_share or made.unique or made.of:
        made = _hoisted(node, made, kind, scope)
    said = f"{told(node)} is a record of its text ({TEXT}) and of what are attributes in XML"
    work.mistakes.warn("models.left_out", said, node.place)
    return record_of(node.children, inner, work, {TEXT: (made, kind)})


def with_conditions(nodes: tuple[Node, ...], scope: Scope, work: Work, before: str = "") -> Iterator[tuple[Node, str]]:
    """What stands in a record, also in its branches, each with the condition that it stands there."""
    for node in nodes:
        if node.name != "condition":
            yield node, before
            continue
        left = [before] if before else []
        for child in node.children:
            said = ""
            if child.name != "else":
                said = work.expression(child.get("condition"), scope, child.at("condition"))
            yield from with_conditions(child.children, scope, work, all_of(*left, said))
            left.append(f"not ({said})")


def _conditional(
    node: Node, scope: Scope, work: Work, made: Made, branch: str = "", before: Made | None = None
) -> Made:
    """A member of a record has one rule: its condition, and that of its branch, is part of the expression, else of a column
    before it. Elsewhere it is what it was `before`."""
    if not node.has("condition") and not branch:
        return made
    own = work.expression(node.get("condition"), scope, node.at("condition")) if node.has("condition") else ""
    condition = all_of(branch, own)
    other = default_of(node, scope, work) if before is None else before
    otherwise = "None" if other is None else other.text or "None"
    if before is not None and before.text is None:
        raise Refusal("a member of several branches whose value is drawn", node.place)
    kind = made.type or type_of_made(node, made, scope, work)
    if made.text is not None:
        return computed(f"({made.text}) if ({condition}) else {otherwise}", kind)
    if scope.in_items:
        raise Refusal("a condition of an item's field whose value is drawn", node.at("condition"))
    name = scope.table.hide("_".join((*scope.path, node.get("name"), "value")), made, kind, node.place)
    return computed(f"{name} if ({condition}) else {otherwise}", kind)


# -- lists -------------------------------------------------------------------------------------------------------------


def _list(node: Node, scope: Scope, work: Work) -> Made:
    least, most = _lengths(node, scope, work)
    if node.has("source"):
        records = records_of(node, work)
        if len(records.values) > MOST_LISTED or records.weights is not None:
            raise Refusal("items of a source with weights, or of a large one", node.at("source"))
        there = len(records.values)
        size = there if most is None else most if node.flag("cyclic") and there else min(most, there)
        kind = ColumnType("list", item=records.type)
        if any(child.name != "echo" for child in node.children):
            return _items_of(node, records, size, scope, work)
        if node.get("distribution") == "ordered" or size == 0:
            again = records.values * (size // max(there, 1) + 1)
            return Made(Constant(again[:size]), kind)
        return Made(ListOf(Choice(records.values), size, size, distinct=size <= there), kind)
    inner = Scope(node.get("name"), scope.table, "item", scope, (*scope.path, node.get("name")))
    made = record_of(node.children, inner, work)
    if most is None:
        least, most = 1, 1
    assert made.type is not None
    return Made(ListOf(made.rule, least, most), ColumnType("list", item=made.type), of=made.of)


def _items_of(node: Node, records: Records, size: int, scope: Scope, work: Work) -> Made:
    """Items that begin with the records of a source, in its order, and have more."""
    if records.single:
        raise Refusal("items of plain values that more is said of", node.at("source"))
    inner = Scope(node.get("name"), scope.table, "item", scope, (*scope.path, node.get("name")))
    begun: dict[str, tuple[Made, ColumnType]] = {}
    for name, kind in records.type.members:
        begun[name] = (Made(Cycle(tuple(each[name] for each in records.values)), kind), kind)
        inner.fields[name] = MemberOf(name, kind)
    made = record_of(node.children, inner, work, begun)
    assert made.type is not None
    return Made(ListOf(made.rule, size, size), ColumnType("list", item=made.type), of=made.of)


def _lengths(node: Node, scope: Scope, work: Work) -> tuple[int, int | None]:
    least, most = 0, None
    if node.has("count"):
        least = most = count_of(node, "count", work)
    elif node.has("minCount") or node.has("maxCount"):
        least = count_of(node, "minCount", work) if node.has("minCount") else 0
        most = count_of(node, "maxCount", work) if node.has("maxCount") else least
    return least, most


def count_of(node: Node, name: str, work: Work) -> int:
    """A count that is the same for all. Raises `Refusal`."""
    text = node.get(name).strip()
    if text.startswith("{"):
        text = str(work.evaluated(text.strip("{}"), node.at(name)))
    if not text.isdigit():
        raise Refusal(f"its {name} is {text}", node.at(name))
    return int(text)


def array(node: Node, scope: Scope, work: Work) -> Made:
    """An `<array>`. Raises `Refusal`."""
    if node.has("script"):
        return scripted(node, scope, work)
    items = [child for child in node.children if child.name == "value"]
    if items:
        return _of_values(node, items, scope, work)
    count = count_of(node, "count", work) if node.has("count") else 1
    inner = Scope(node.get("name"), scope.table, "item", scope, (*scope.path, node.get("name")))
    made = by_generator(generator_call(node, node.get("type")), node, inner, work)
    assert made.type is not None
    return Made(ListOf(made.rule, count, count), ColumnType("list", item=made.type))


def _of_values(node: Node, items: list[Node], scope: Scope, work: Work) -> Made:
    made = [_item(child, place, node, scope, work) for place, child in enumerate(items)]
    return computed(f"[{', '.join(made)}]", work.sampled_type(scope, node.get("name")))


def _item(child: Node, place: int, node: Node, scope: Scope, work: Work) -> str:
    if not any(child.has(way) for way in ("constant", "script", "generator", "type")):
        return repr(child.text)
    made = value(child, scope, work)
    if made.text is not None:
        return made.text
    return _column(made, (*scope.path, node.get("name"), str(place)), child, scope)


def _column(made: Made, path: tuple[str, ...], node: Node, scope: Scope, kind: ColumnType | None = None) -> str:
    if scope.in_items:
        raise Refusal("a list within the items of a list, of values that are drawn", node.place)
    found = made.type or kind
    if found is None:
        raise Refusal("the type of its values is only known when they are made", node.place)
    return scope.table.hide("_".join(path), made, found, node.place)


def listing(node: Node, scope: Scope, work: Work) -> Made:
    """A `<list>` of items that differ: a list of records that have the fields of all of them. Raises `Refusal`."""
    parts, names = [], [node.get("name")]
    for place, item in enumerate(child for child in node.children if child.name == "item"):
        inner = Scope(node.get("name"), scope.table, "record", scope, (*scope.path, *names))
        cells = []
        for child in item.children:
            if child.name == "echo":
                leave_out(child, "it is told while the model runs", work.mistakes)
                continue
            if child.name not in _SHOWN:
                raise Refusal(f"<{child.name}> stands in an item", child.place)
            made = _conditional(child, inner, work, member(child, inner, work))
            path = (*scope.path, *names, str(place), child.get("name"))
            text = made.text if made.text is not None else _column(made, path, child, scope)
            cells.append(f"{_member_name(child)!r}: {text}")
        record = "{" + ", ".join(cells) + "}"
        if REMOVE in item.get("converter"):
            record = f"{{k: v for k, v in {record}.items() if v}}"
        if item.has("condition"):
            condition = work.expression(item.get("condition"), scope, item.at("condition"))
            record = f"{record} if ({condition}) else None"
        parts.append(record)
    samples = work.sampled(scope, node.get("name"))
    kind = type_of_values(samples)
    if kind is None or kind.item is None or kind.item.name != "struct":
        if any(item for each in samples if each is not None for item in each):
            raise Refusal("its items are not all records whose fields members can be called like", node.place)
        return constant("[]", ColumnType("json"))
    text = f"[{', '.join(parts)}]"
    if REMOVE in node.get("converter"):
        text = f"[each for each in {text} if each and any(value is not None for value in each.values())]"
    return computed(text, evolve(kind, item=evolve(kind.item, nullable=True)))
