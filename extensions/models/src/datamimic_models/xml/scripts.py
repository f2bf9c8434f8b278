"""Scripts of a model over the columns of a page: as columns where that can be, else record by record."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import DatamimicError, Text
from datamimic.columns import Bools
from datamimic_models.expressions import tree
from datamimic_models.expressions.expression import Expression
from datamimic_models.expressions.gets import gets_of, with_members
from datamimic_models.expressions.scope import Row
from datamimic_models.model import Place
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.compiled import as_columns
from datamimic_models.xml.frames import Frame, is_record
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.values import Plain, Same, Value, of_objects


def evaluate(
    text: str, frame: Frame, setting: Setting, place: Place, label: str, *, default: Value | None = None
) -> Value:
    """What a script gives, one value per record. Where there is no script, or it fails for a record, `default` stands for it,
    if there is one.

    Raises `DatamimicError`.
    """
    if not text.strip():
        return Same(None, len(frame)) if default is None else default
    expression = _with_members(setting.expression(text, place), frame, setting)
    node = expression.tree
    if isinstance(node, tree.Constant):
        return Same(node.value, len(frame))
    if isinstance(node, tree.Name):
        found = frame.resolve(node.path)
        if found is not None:
            return found
    names: dict[str, Value] = {}
    for name in expression.names:
        prefix, value = _known(frame, name)
        if value is None:
            if default is not None:
                return default
            raise _unknown(frame, name, place)
        names[prefix] = value
    if not len(frame):
        return of_objects([])
    if not names and not expression.draws:
        return Same(expression.row(Row({}, None, None, setting.clock)), len(frame))
    made = as_columns(expression, names, frame, setting, label)
    return _by_record(expression, names, frame, setting, label, default) if made is None else made


def _with_members(expression: Expression, frame: Frame, setting: Setting) -> Expression:
    """The expression with what it gets of records of the model as their members, which are columns."""
    gets = setting.once(("gets", expression), lambda: gets_of(expression))
    known = frozenset(
        (path, name)
        for path, name in gets
        if is_record(found := frame.resolve(path)) and found is not None and found.member(name) is not None
    )
    if not known:
        return expression
    made: Expression = setting.once(("members", expression, known), lambda: with_members(expression, known))
    return made


def truths(text: str, frame: Frame, setting: Setting, place: Place, label: str) -> Bools:
    """Where a condition holds."""
    value = evaluate(text, frame, setting, place, label)
    if isinstance(value, Same):
        return np.full(len(frame), bool(value.value))
    column = value.column()
    if isinstance(column, np.ndarray) and not isinstance(column, np.ma.MaskedArray) and column.dtype.kind in "bif":
        return column.astype(np.bool_)
    return np.array([bool(each) for each in value.objects()], dtype=np.bool_)


def filled(text: str, frame: Frame, setting: Setting, place: Place, label: str) -> list[str]:
    """A text with `{expressions}` in it, for every record. A brace that opens no expression stays."""
    parts = pieces(text)
    columns: list[list[Any]] = []
    for part in parts:
        if isinstance(part, str):
            columns.append([part] * len(frame))
        else:
            value = evaluate(part[0], frame, setting, place, label)
            columns.append([each if isinstance(each, str) else str(each) for each in value.objects()])
    return ["".join(row) for row in zip(*columns, strict=True)] if columns else [""] * len(frame)


def pieces(text: str) -> list[str | tuple[str]]:
    """Text, and expressions as one-tuples, in order."""
    found: list[str | tuple[str]] = []
    start = 0
    while True:
        opened = text.find("{", start)
        closed = _closing(text, opened) if opened >= 0 else -1
        if closed < 0:
            break
        if text[start:opened]:
            found.append(text[start:opened])
        found.append((text[opened + 1 : closed],))
        start = closed + 1
    if text[start:]:
        found.append(text[start:])
    return found


def _closing(text: str, opened: int) -> int:
    depth, quote = 0, ""
    for place in range(opened, len(text)):
        mark = text[place]
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "'\"" and depth:
            quote = mark
        elif mark in "{[(":
            depth += 1
        elif mark in "}])":
            depth -= 1
            if not depth:
                return place if mark == "}" else -1
    return -1


def _known(frame: Frame, name: str) -> tuple[str, Value | None]:
    """The longest beginning of a dotted name that leads somewhere, and where."""
    path = name.split(".")
    for parts in range(len(path), 0, -1):
        value = frame.resolve(path[:parts])
        if value is not None:
            return ".".join(path[:parts]), value
    return name, None


def _unknown(frame: Frame, name: str, place: Place) -> DatamimicError:
    first = name.split(".")[0]
    names = {each for level, _ in frame.chain() for each in (*level.variables, *level.fields, level.name)}
    return DatamimicError(
        "models.unknown_name",
        f"there is no {name} here",
        hint=nearest(first, names) or f"there are {', '.join(sorted(names)[:20])}",
        file=place.file,
        line=place.line,
    )


def _by_record(
    expression: Expression, names: dict[str, Value], frame: Frame, setting: Setting, label: str, default: Value | None
) -> Value:
    draw = setting.draw(frame, label) if expression.draws else None
    columns = [(name, _plain(value)) for name, value in names.items()]
    numbers = frame.numbers.tolist()
    others = None if default is None else default.objects()
    made: list[Any] = []
    for place, number in enumerate(numbers):
        row = Row({name: column[place] for name, column in columns}, number, draw, setting.clock)
        try:
            made.append(expression.row(row))
        except DatamimicError as error:
            if others is None or error.code != "models.expression_failed":
                raise
            made.append(others[place])
    return of_objects(made)


def _plain(value: Value) -> list[Any]:
    return value.objects()


def text_column(value: Value) -> Value:
    """The values as text; null stays."""
    if isinstance(value.column(), Text):
        return Plain(value.column())
    return of_objects(
        [None if each is None else each if isinstance(each, str) else str(each) for each in value.objects()]
    )
