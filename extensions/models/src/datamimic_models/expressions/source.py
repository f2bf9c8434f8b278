"""The text of an expression as Python's own syntax tree, and where things stand in the file that it is written in."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings

from attrs import frozen

from datamimic import DatamimicError
from datamimic_models.expressions.failures import bad_expression
from datamimic_models.expressions.limits import LONGEST_SOURCE
from datamimic_models.expressions.tree import At
from datamimic_models.model import Place


@frozen
class Source:
    """`text` as it was given; `place` is where its first character stands. `shift` are the columns by which Python's parser
    was told the first line further right, `skipped` the characters that were left out before it."""

    text: str
    place: Place
    shift: int = 0
    skipped_lines: int = 0
    skipped_columns: int = 0

    def place_of(self, at: At) -> Place:
        """The place in the file of a place in the text."""
        if self.place.line is None:
            return self.place
        line, column = at
        line += self.skipped_lines
        if line == 1:
            moved = column - self.shift + self.skipped_columns
            return Place(self.place.file, self.place.line, (self.place.column or 1) + max(moved, 0))
        first = self.skipped_columns - self.shift if line == 1 + self.skipped_lines else 0
        return Place(self.place.file, self.place.line + line - 1, max(column + first, 0) + 1)

    def wrong(self, message: str, at: At, hint: str | None = None) -> DatamimicError:
        return bad_expression(message, self.place_of(at), hint=hint)


def syntax_tree(text: str, place: Place) -> tuple[ast.expr, Source]:
    """Raises `DatamimicError` (`models.bad_expression`) for what is no expression of Python."""
    source = Source(text, place)
    if not isinstance(text, str):
        raise source.wrong(f"an expression is a text, not a {type(text).__name__}", (1, 0))
    if len(text) > LONGEST_SOURCE:
        raise source.wrong(f"an expression of {len(text)} characters is too long", (1, 0), f"at most {LONGEST_SOURCE}")
    stripped = text.strip()
    if not stripped:
        raise source.wrong("there is no expression", (1, 0), "such as price * quantity")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise source.wrong("an expression has no characters that are none", (1, 0))
    before = text[: len(text) - len(text.lstrip())]
    lines = before.count("\n")
    columns = len(before) - (before.rfind("\n") + 1)
    several = "\n" in stripped
    source = Source(text, place, 1 if several else 0, lines, columns)
    if several:
        _closed(stripped, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(f"({stripped}\n)" if several else stripped, mode="eval")
    except SyntaxError as error:
        at = (error.lineno or 1, max((error.offset or 1) - 1, 0))
        raise source.wrong(f"this is no expression: {_said(error)}", at, _hint(stripped)) from None
    except (MemoryError, RecursionError, ValueError, OverflowError):
        raise source.wrong("the expression is nested too deep", (1, 0)) from None
    return tree.body, source


def _closed(text: str, source: Source) -> None:
    """Refuses `a) + (b`, which the brackets around several lines would make whole."""
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(f"({text}\n)").readline):
            if token.type == tokenize.OP and token.string in ")]}":
                depth -= 1
                if depth == 0 and token.start[0] <= text.count("\n") + 1:
                    raise source.wrong("this is no expression: a bracket too many", (token.start[0], token.start[1]))
            elif token.type == tokenize.OP and token.string in "([{":
                depth += 1
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return


def _said(error: SyntaxError) -> str:
    said = error.msg or "invalid syntax"
    return said.partition(". Perhaps")[0].partition(". Maybe")[0]


def _hint(text: str) -> str | None:
    if "=" in text and not any(sign in text for sign in ("==", "<=", ">=", "!=")):
        return "compare with =="
    if "&&" in text or "||" in text:
        return "write and, or"
    if text.startswith("{") and text.endswith("}"):
        return "without { and }"
    return None
