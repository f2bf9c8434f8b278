"""`Name(argument, name=value)`, as generators, entities, converters and targets are written; and lists of literals."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.model import Place

_LONGEST: Final = 100_000


@frozen
class Call:
    """What is called, with its arguments: plain values, or expressions as `Script`."""

    name: str
    positional: tuple[Any, ...]
    named: Mapping[str, Any]


@frozen
class Script:
    """An argument that is no literal."""

    text: str


def read_call(text: str, place: Place) -> Call:
    """Raises `DatamimicError` (`models.bad_call`)."""
    [call] = _calls([text.strip()], text, place)
    return call


def read_calls(text: str, place: Place) -> tuple[Call, ...]:
    """Several with commas or semicolons between them. Raises `DatamimicError` (`models.bad_call`)."""
    return _calls(split(text, ",;"), text, place)


def _calls(parts: list[str], text: str, place: Place) -> tuple[Call, ...]:
    try:
        return tuple(_call(part) for part in parts)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise DatamimicError(
            "models.bad_call",
            f"{excerpt(text)} cannot be read: {error.args[0] if error.args else error}",
            hint="written as Name, or Name(1, name='text')",
            file=place.file,
            line=place.line,
        ) from None


def _call(text: str) -> Call:
    if len(text) > _LONGEST:
        raise ValueError("it is too long")
    name, opened, rest = text.partition("(")
    if not opened:
        return Call(text.strip(), (), {})
    tree = ast.parse(f"_({rest}", mode="eval").body
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        raise ValueError("it is no call")
    if any(each.arg is None for each in tree.keywords) or any(isinstance(each, ast.Starred) for each in tree.args):
        raise ValueError("arguments are single values")
    source = f"_({rest}"
    named = {each.arg: _argument(each.value, source) for each in tree.keywords if each.arg is not None}
    return Call(name.strip(), tuple(_argument(each, source) for each in tree.args), named)


def _argument(node: ast.expr, source: str) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return Script(ast.get_source_segment(source, node) or "")


def split(text: str, marks: str = ",") -> list[str]:
    """The parts between marks that stand in no brackets and no quotes; empty ones are left out."""
    parts, depth, quote, start = [], 0, "", 0
    for place, mark in enumerate(text):
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "'\"":
            quote = mark
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
        elif mark in marks and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def read_literals(text: str) -> list[Any]:
    """`'a', 'b'`, `1, 2.5`, `None`, `[1], [2]`: values of Python; what is none is text."""
    if len(text) <= _LONGEST:
        try:
            return list(ast.literal_eval(f"[{text}]"))
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            pass
    return [_literal(part) for part in split(text)]


def read_choices(text: str) -> list[Any]:
    """Literals one of which is taken; those of a list, where it is the only one."""
    found = read_literals(text)
    return list(found[0]) if len(found) == 1 and isinstance(found[0], list | tuple) else found


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return text
