"""Plans, read from YAML or JSON: every mistake with file, line, column, code and hint."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from datamimic import Clock, DatamimicError, Locale
from datamimic.errors import excerpt, suggest
from datamimic_learning.masking.methods.canonical import FORMS
from datamimic_learning.masking.plans.catalogue import METHODS, Setting
from datamimic_learning.masking.plans.plan import KEPT, LANGUAGE, OTHERWISE, ColumnPlan, Plan, SubjectPlan, TablePlan
from datamimic_models.model import BadModel, Mistake, Mistakes, Place
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part
from datamimic_models.reading.yaml_parts import yaml_part

CODE = "learning.bad_plan"


class BadPlan(DatamimicError):
    """A plan that cannot be used: the first of its `mistakes`, and how many more there are."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(each for each in mistakes if each.level == "error")
        first, *more = (each.error() for each in self.mistakes)
        others = f" (and {len(more)} more mistake{'s' if len(more) > 1 else ''})" if more else ""
        super().__init__(
            first.code,
            f"{first.message}{others}",
            hint=first.hint,
            file=first.file,
            line=first.line,
            details=first.details,
        )


def read_plan(path: Path) -> Plan:
    """The plan of a file. Raises `BadPlan`, and `DatamimicError` (`bad_input`) for a file that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise DatamimicError("bad_input", f"the plan {path} cannot be read: {reason}", file=str(path)) from None
    return parse_plan(text, str(path))


def parse_plan(text: str, file: str | None = None) -> Plan:
    """The plan of a text. Raises `BadPlan`."""
    mistakes = Mistakes()
    try:
        plan = _plan(yaml_part(text, file, mistakes), mistakes)
    except BadModel as error:
        raise BadPlan(error.mistakes) from None
    if mistakes.errors:
        raise BadPlan(mistakes.found)
    return plan


def _plan(part: Part, mistakes: Mistakes) -> Plan:
    words = Words.of(part, "the plan", mistakes)
    version = words.whole("mask", default=None)
    if version != LANGUAGE:
        mistakes.add(
            CODE, f"the plan is of no version that is known: mask: {LANGUAGE}", words.place, hint="begin with mask: 1"
        )
    locale = words.text("locale", default="en_US")
    words.check("locale", locale, Locale.parse)
    clock = words.text("clock")
    words.check("clock", clock, Clock.parse)
    normal = tuple(_each_of(words, "normal", FORMS, ("trim", "case")))
    otherwise = words.one_of(OTHERWISE, "otherwise", default="refuse")
    tables: dict[str, TablePlan] = {}
    listed = words.needed("tables")
    if listed is not None:
        for name, each in Words.of(listed, "tables", mistakes).part.items():
            tables[name] = _table(name, each, otherwise, mistakes)
    words.end()
    return Plan(tables, locale, clock, normal, words.place)


def _each_of(words: Words, name: str, choices: tuple[str, ...], default: tuple[Any, ...]) -> tuple[Any, ...]:
    if not words.has(name):
        words.get(name)
        return default
    found = []
    for each in words.parts(name):
        if each.value in choices:
            found.append(each.value)
        else:
            hint = f"of {', '.join(choices)}"
            words.mistakes.add(CODE, f"{name} of {words.what} is {excerpt(each.value)}", each.place, hint=hint)
    return tuple(found)


def _table(name: str, part: Part, otherwise: Any, mistakes: Mistakes) -> TablePlan:
    what = f"the table {excerpt(name)}"
    words = Words.of(part, what, mistakes)
    columns: dict[str, ColumnPlan] = {}
    given = words.get("columns")
    if given is not None:
        for column, each in Words.of(given, f"columns of {what}", mistakes).part.items():
            columns[column] = _column(column, each, mistakes)
    subjects: list[SubjectPlan] = []
    given = words.get("subjects")
    if given is not None:
        for subject, each in Words.of(given, f"subjects of {what}", mistakes).part.items():
            subjects.append(_subject(subject, each, mistakes))
    seen: dict[str, str] = dict.fromkeys(columns, "the columns")
    for one in subjects:
        for column in one.columns:
            if column in seen:
                message = f"the column {excerpt(column)} of {what} is in {seen[column]} and in the subject {one.name}"
                mistakes.add(CODE, message, one.place, hint="name it once")
            seen[column] = f"the subject {one.name}"
    made = TablePlan(
        name,
        columns,
        tuple(subjects),
        words.text("where"),
        _texts_by_name(words, "references"),
        words.one_of(OTHERWISE, "otherwise", default=otherwise),
        words.place,
    )
    words.end()
    return made


def _texts_by_name(words: Words, name: str) -> dict[str, str]:
    part = words.get(name)
    if part is None:
        return {}
    each = Words.of(part, f"{name} of {words.what}", words.mistakes)
    return {one: each.text(one, default="") for one in each.part.value}


def _subject(name: str, part: Part, mistakes: Mistakes) -> SubjectPlan:
    words = Words.of(part, f"the subject {excerpt(name)}", mistakes)
    entity = words.text("of", needed=True, default="common.person")
    columns: dict[str, str] = {}
    given = words.needed("columns")
    if given is not None:
        fields = Words.of(given, f"columns of {words.what}", mistakes)
        columns = {column: fields.text(column, default="") for column in fields.part.value}
    key = words.texts("key") or tuple(columns)
    made = SubjectPlan(
        name,
        entity,
        key,
        columns,
        words.text("domain", default=entity),
        _each_of(words, "keep", KEPT, ()),
        words.place,
    )
    words.end()
    return made


def _column(name: str, part: Part, mistakes: Mistakes) -> ColumnPlan:
    what = f"the column {excerpt(name)}"
    if isinstance(part.value, str) or part.value is None:
        # `null` is YAML's word for nothing, and the name of the method.
        part = Part({"method": Part(part.value, part.place)}, part.place, {"method": part.place})
    words = Words.of(part, what, mistakes)
    said = words.get("method")
    method: Any = None if said is None else "null" if said.value is None else said.value
    if not isinstance(method, str) or method not in METHODS:
        near = suggest(str(method), METHODS) if method is not None else []
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(METHODS)}"
        where = words.place if said is None else said.place
        message = f"{what} has no method" if method is None else f"the method of {what} is {excerpt(method)}"
        mistakes.add(CODE, message, where, hint=hint)
        return ColumnPlan("redact", METHODS["redact"].defaults, words.place)
    found = METHODS[method]
    settings = {each.name: _setting(each, words, what) for each in found.settings}
    words.end()
    problem = _contradiction(method, settings)
    if problem is not None:
        mistakes.add(CODE, f"{what}: {problem[0]}", words.place, hint=problem[1])
    return ColumnPlan(method, settings, words.place)


def _setting(setting: Setting, words: Words, what: str) -> Any:
    name, default = setting.name, setting.default
    match setting.kind:
        case "text":
            return words.text(name, default=default)
        case "flag":
            return words.flag(name, default=default)
        case "texts":
            return words.texts(name) or default
        case "named":
            part = words.get(name)
            if part is None:
                return default
            each = Words.of(part, f"{name} of {what}", words.mistakes)
            return {one: each.one_of(setting.choices, one, default=setting.choices[-1]) for one in each.part.value}
        case "choice":
            return words.one_of(setting.choices, name, default=default)
        case "numbers":
            return tuple(_number(each, setting, words, what) for each in words.parts(name)) or default
    part = words.get(name)
    return default if part is None or part.value is None else _number(part, setting, words, what)


def _number(part: Part, setting: Setting, words: Words, what: str) -> Any:
    value = part.value
    kinds = int if setting.kind == "whole" else int | float
    within = (
        isinstance(value, kinds)
        and not isinstance(value, bool)
        and (setting.least is None or value >= setting.least)
        and (setting.most is None or value <= setting.most)
    )
    if within:
        return value
    limits = "".join(
        f" {word} {limit:,g}" for word, limit in (("from", setting.least), ("to", setting.most)) if limit is not None
    )
    wanted = f"{'a whole number' if setting.kind == 'whole' else 'a number'}{limits}"
    message = f"{setting.name} of {what} is {excerpt(value)}"
    words.mistakes.add(CODE, message, part.place, hint=f"it is {wanted}")
    return setting.default


def _contradiction(method: str, settings: dict[str, Any]) -> tuple[str, str] | None:
    if method == "noise" and (settings["share"] is None) == (settings["amount"] is None):
        return "noise takes either share or amount", "noise: {share: 0.1}"
    if method == "generalise":
        edges = settings["edges"]
        if list(edges) != sorted(set(edges)):
            return "edges ascend", "edges: [0, 18, 65]"
        ways = [settings["step"] is not None or bool(edges), settings["to"] is not None, settings["first"] is not None]
        tops = settings["bottom"] is not None or settings["top"] is not None
        if sum(ways) > 1 or (sum(ways) == 0 and not tops):
            return "generalise takes numbers by step or edges, days by to, texts by first", "generalise: {step: 10}"
        if settings["step"] is not None and edges:
            return "generalise takes step or edges", "leave one out"
    if method == "encrypt" and settings["number"] is not None and (settings["first"] or settings["last"]):
        return "a number says itself which places stay", "leave first and last out"
    return None


def place_of(plan: Plan, table: str, column: str | None = None) -> Place:
    """Where the plan speaks of a table or column, for messages."""
    found = plan.tables.get(table)
    if found is None:
        return plan.place
    if column is not None and column in found.columns:
        return found.columns[column].place
    if column is not None and column in found.replaced:
        return found.replaced[column].place
    return found.place
