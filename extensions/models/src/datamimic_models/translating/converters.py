"""What a value goes through after it is made, as an expression, or at once where the values are listed."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from datamimic_models.model import ColumnType
from datamimic_models.rules.choices import Choice, Constant
from datamimic_models.rules.positions import Cycle
from datamimic_models.translating.context import Work
from datamimic_models.translating.drafts import Made, computed, constant
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.scripts import guarded
from datamimic_models.translating.value_types import DECLARED, TYPED, fitted, type_of_values
from datamimic_models.xml.arrow import plain
from datamimic_models.xml.calls import Call, Script, read_calls
from datamimic_models.xml.converters import REMOVE, kind_of_digest
from datamimic_models.xml.dates import EPOCHS, read_date
from datamimic_models.xml.finishing import cast, converted, each, steps, written
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.values import Plain, object_array, of_objects


def changes(node: Node) -> bool:
    """Is the value other than it was made: by converters, dates written as text, a date read?"""
    return bool(node.get("converter").strip()) or node.has("inDateFormat") or node.has("outDateFormat")


def listed(node: Node, made: Made, work: Work) -> Made | None:
    """A constant, a choice or a cycle with its values as they are afterwards; None for other rules."""
    rule = made.rule
    if isinstance(rule, Constant):
        [value], kind = _converted(node, [rule.value], work)
        again = constant(value, kind)
        return evolve(again, null_share=made.null_share)
    if isinstance(rule, Choice | Cycle):
        values: Any = rule.value
        held, kind = _converted(node, list(values), work)
        return evolve(made, rule=evolve(rule, value=tuple(held)), type=kind, text=None)
    return None


def _converted(node: Node, values: list[Any], work: Work) -> tuple[list[Any], ColumnType]:
    def run() -> list[Any]:
        column: Any = Plain(object_array(values))
        if node.has("inDateFormat"):
            column = each(column, lambda one: read_date(one, node.get("inDateFormat")), node, node.at("inDateFormat"))
        for step in steps(node):
            if step == "convert":
                column = converted(node, column, work.setting)
            elif step == "cast":
                column = cast(of_objects(column.objects()), node.get("type"), node)
            else:
                column = written(node, column)
        return column.objects()

    held = [plain(one, TYPED) for one in guarded(run)]
    kind = DECLARED.get(node.get("type")) if steps(node)[-1:] == ("cast",) else None
    kind = kind or type_of_values(held) or ColumnType("str")
    return [fitted(one, kind) for one in held], kind


def changed(node: Node, text: str, was: ColumnType) -> Made:
    """The expression of a value that goes through the dates, converters and type of its element. Raises `Refusal`."""
    null = f"None if {text} is None else "
    if node.has("inDateFormat") and was.name == "str":
        if node.get("inDateFormat") in EPOCHS:
            raise Refusal("numbers since 1970 as dates", node.at("inDateFormat"))
        text, was = f"datetime.strptime({text}, {node.get('inDateFormat')!r})", ColumnType("datetime")
    for step in guarded(lambda: steps(node)):
        if step == "convert":
            for call in guarded(lambda: read_calls(node.get("converter"), node.at("converter"))):
                text, was = _through(call, text, was, node)
        elif step == "write":
            text, was = _written(text, was, node.get("outDateFormat")), ColumnType("str")
        elif node.get("type") in DECLARED:
            text, was = as_type(text, was, DECLARED[node.get("type")])
    return computed(f"{null}{text}", was)


def as_type(text: str, was: ColumnType, wanted: ColumnType) -> tuple[str, ColumnType]:
    """The expression as another type; null stays."""
    if was.name == wanted.name:
        return text, was if was.name == "decimal" else wanted
    calls = {"int": "int", "float": "float", "str": "str", "bool": "bool", "decimal": "Decimal"}
    call = calls.get(wanted.name)
    if wanted.name == "bool" and was.name == "str":
        return f"({text}).strip().lower() in ('true', '1', 'yes')", wanted
    if call is None and was.name == "str" and wanted.name in ("date", "datetime"):
        return f"{wanted.name}.fromisoformat({text})", wanted
    if call is None and (was.name, wanted.name) == ("datetime", "date"):
        return f"({text}).date()", wanted
    if call is None:
        raise Refusal(f"a {was} becomes a {wanted}")
    inner = f"float({text})" if (was.name, wanted.name) == ("str", "int") else text
    return f"{call}({inner})", wanted


def _written(text: str, was: ColumnType, form: str) -> str:
    if form in EPOCHS:
        raise Refusal("a moment as a number since 1970")
    if was.name == "str":
        return f"datetime.fromisoformat({text}).strftime({form!r})"
    if was.name not in ("date", "datetime", "time"):
        raise Refusal(f"a date format of a {was}")
    return f"({text}).strftime({form!r})"


def _through(call: Call, text: str, was: ColumnType, node: Node) -> tuple[str, ColumnType]:
    arguments = dict(zip(_WORDS.get(call.name, ()), call.positional, strict=False)) | dict(call.named)
    if any(isinstance(each, Script) for each in arguments.values()):
        raise Refusal(f"an argument of {call.name} is a script", node.at("converter"))
    if call.name == REMOVE:
        return (f"({text} or None)" if was.name in ("str", "list") else text), was
    if call.name == "DateFormat":
        return _written(text, was, str(arguments.get("format", "%Y-%m-%d"))), ColumnType("str")
    if call.name == "Date2Timestamp":
        return _seconds(text, was), ColumnType("int")
    if call.name == "Timestamp2Date":
        return f"datetime.fromtimestamp({text})", ColumnType("datetime")
    said = text if was.name == "str" else f"str({text})"
    value = f"({said})"
    char, whole = str(arguments.get("char", "*")), ColumnType("str")
    first, last = int(arguments.get("start", 0)), arguments.get("end", None)
    match call.name:
        case "UpperCase":
            return f"{value}.upper()", whole
        case "LowerCase":
            return f"{value}.lower()", whole
        case "Append":
            return f"({said} + {arguments.get('text', '')!r})", whole
        case "CutLength":
            return f"{value}[:{int(arguments.get('length', 0))}]", whole
        case "Mask":
            return f"({char!r} * len({said}))", whole
        case "Substring":
            return f"{value}[{first}:{'' if last is None else int(last)}]", whole
        case "MiddleMask":
            end = int(last or 0)
            tail = f" + {value}[max({first}, len({said}) - {end}):]"
            return f"({value}[:{first}] + {char!r} * max(0, len({said}) - {first + end}){tail})", whole
        case "JavaHash":
            return f"java_hash({said})", whole
        case "Hash":
            kind = guarded(lambda: kind_of_digest(str(arguments.get("type", "sha256"))))
            form, salt = str(arguments.get("format", "hex")).lower(), arguments.get("salt")
            return f"digest({said}, {kind!r}, {form!r}, {None if salt is None else str(salt)!r})", whole
    raise Refusal(f"no rule does what the converter {call.name} does", node.at("converter"))


def _seconds(text: str, was: ColumnType) -> str:
    if was.name == "str":
        text = f"datetime.fromisoformat({text})"
    elif was.name == "date":
        text = f"datetime.combine({text}, time(0, 0))"
    elif was.name != "datetime":
        raise Refusal(f"seconds since 1970 of a {was}")
    return f"int(({text} - datetime(1970, 1, 1)).total_seconds() // 1)"


_WORDS = {
    "Append": ("text",),
    "CutLength": ("length",),
    "DateFormat": ("format",),
    "Hash": ("type", "format", "salt"),
    "Mask": ("char",),
    "MiddleMask": ("start", "end", "char"),
    "Substring": ("start", "end"),
}
