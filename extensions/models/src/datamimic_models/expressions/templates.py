"""Text with gaps: `Dear {first_name}, you owe {amount:.2f}`, its gaps found in the same way by every version of Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from datamimic_models.expressions.failures import bad_expression
from datamimic_models.expressions.limits import LONGEST_SOURCE
from datamimic_models.expressions.reading import Reader
from datamimic_models.expressions.source import syntax_tree
from datamimic_models.expressions.tree import Constant, Conversion, Formatted, Interpolation, Node
from datamimic_models.model import Place

_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_CONVERSIONS: Final[dict[str, Conversion]] = {"r": "r", "s": "s", "a": "a"}


@frozen
class Gap:
    """`{expression!conversion:spec}`; `start` is where its expression begins, `spec_start` its format."""

    start: int
    expression: str
    conversion: Conversion
    spec: str | None
    spec_start: int


def read_template(text: str, place: Place, reader: Reader) -> Node:
    """The tree of a text with gaps. Raises `DatamimicError` (`models.bad_expression`) with the place of what is wrong."""
    if len(text) > LONGEST_SOURCE:
        raise bad_expression(
            f"a template of {len(text)} characters is too long", place, hint=f"at most {LONGEST_SOURCE}"
        )
    return _tree(text, text, 0, place, reader, 0)


def _tree(whole: str, text: str, offset: int, place: Place, reader: Reader, depth: int) -> Node:
    if depth > 1:
        raise bad_expression("a format within the format of a format", moved(whole, place, offset))
    parts: list[Node] = []
    for piece in _pieces(whole, text, offset, place):
        if isinstance(piece, str):
            parts.append(Constant(piece, (1, 0)))
            continue
        node, source = syntax_tree(piece.expression, moved(whole, place, piece.start))
        value = reader.read_part(node, source)
        spec = None if piece.spec is None else _tree(whole, piece.spec, piece.spec_start, place, reader, depth + 1)
        parts.append(Formatted(value, piece.conversion, spec, (1, 0)))
    return Interpolation(tuple(parts), (1, 0))


def moved(text: str, place: Place, offset: int) -> Place:
    """The place of the character at an offset of the text that begins at the place."""
    if place.line is None:
        return place
    lines = text.count("\n", 0, offset)
    if not lines:
        return Place(place.file, place.line, (place.column or 1) + offset)
    return Place(place.file, place.line + lines, offset - text.rfind("\n", 0, offset))


def _pieces(whole: str, text: str, offset: int, place: Place) -> Iterator[str | Gap]:
    """Texts and gaps in order; `{{` and `}}` are braces."""
    written, at = "", 0
    while at < len(text):
        letter = text[at]
        if letter in "{}" and text[at : at + 2] == letter * 2:
            written, at = written + letter, at + 2
        elif letter == "}":
            raise bad_expression("a } without a {", moved(whole, place, offset + at), hint="write }} for a brace")
        elif letter == "{":
            if written:
                yield written
            written = ""
            gap, at = _gap(whole, text, at + 1, offset, place)
            yield gap
        else:
            written, at = written + letter, at + 1
    if written:
        yield written


def _gap(whole: str, text: str, start: int, offset: int, place: Place) -> tuple[Gap, int]:
    """The gap whose expression begins at `start`, and where the text goes on."""
    end = _end(text, start)
    conversion: Conversion = ""
    spec, after = None, end
    if text[end : end + 1] == "!" and text[end + 1 : end + 2] in _CONVERSIONS and text[end + 2 : end + 3] in (":", "}"):
        conversion, after = _CONVERSIONS[text[end + 1]], end + 2
    spec_start = after + 1
    if text[after : after + 1] == ":":
        depth, after = 1, after + 1
        while after < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[after], 0)
            after += 1
        after -= 1
        spec = text[spec_start:after]
    if text[after : after + 1] != "}":
        raise bad_expression("a { without a }", moved(whole, place, offset + start - 1), hint="write {{ for a brace")
    return Gap(offset + start, text[start:end], conversion, spec, offset + spec_start), after + 1


def _end(text: str, start: int) -> int:
    """Where the expression that begins there ends: at the `}`, `:` or `!` that is within no bracket and no text of it."""
    closing: list[str] = []
    at = start
    while at < len(text):
        letter = text[at]
        if letter in "'\"":
            at = _end_of_quoted(text, at)
            continue
        if closing and letter == closing[-1]:
            closing.pop()
        elif letter in _CLOSING:
            closing.append(_CLOSING[letter])
        elif not closing and (letter in "}:" or (letter == "!" and text[at + 1 : at + 2] != "=")):
            return at
        at += 1
    return at


def _end_of_quoted(text: str, start: int) -> int:
    at = start + 1
    while at < len(text) and text[at] != text[start]:
        at += 2 if text[at] == "\\" else 1
    return at + 1
