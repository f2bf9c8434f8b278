"""Values that are worked out of other columns of the row: expressions, and texts with gaps."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from attrs import frozen

from datamimic import Context, DatamimicError, Generator
from datamimic.columns import Bools, Column
from datamimic.columns.value_types import ValueType, kind_of
from datamimic_models import expressions
from datamimic_models.model import NOWHERE, Mistakes, Place
from datamimic_models.rules.conditions import Test
from datamimic_models.rules.converting import at_path, filled
from datamimic_models.rules.rule import Around, NameOf, RuleKind, Where
from datamimic_models.rules.words import word

if TYPE_CHECKING:
    from datamimic_models.expressions import Expression, Scope


@frozen
class Computed(RuleKind):
    """What an expression over columns of the row is: `price * quantity`. Columns of a parent have its name, or that of the
    foreign key, before them: `departments.dept_name`. Where a parent counts the rows, `previous.balance` is a column of the row
    before among those of the parent, null in the first."""

    kind: ClassVar[str] = "expression"

    expression: str = word("An expression: a safe subset of Python's.", "text", other=("value",))

    def read(self, place: Place) -> Expression:
        """Raises `DatamimicError`."""
        return expressions.parse(self.expression, place)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        _judge(self.read, where.around, where.place, mistakes)
        if where.unique:
            mistakes.add(
                "models.cannot_be_unique",
                f"{where.label} is unique, and an expression may give a value twice",
                where.place,
                hint="a range, a serial or a pattern",
            )

    def reads(self) -> tuple[str, ...]:
        return _names_of(self.read)

    def generator(self, where: Where) -> Generator[Any]:
        read = self.read_document if where.column.type.name == "json" else self.read
        return ExpressionGenerator(read(where.place), where.around, where.kind)

    def read_document(self, place: Place) -> Expression:
        """The same, with lists and mappings as JSON."""
        return expressions.parse(_as_document(self.expression), place)


@frozen
class Template(Computed):
    """Text with gaps in braces: `Dear {first_name}, you owe {amount:.2f}`."""

    kind: ClassVar[str] = "template"

    expression: str = word("The text; what stands in braces is an expression.", "text", other=("template", "text"))

    def read(self, place: Place) -> Expression:
        return expressions.parse_template(self.expression, place)

    def read_document(self, place: Place) -> Expression:
        return self.read(place)


def _as_document(text: str) -> str:
    """The expression with `json.dumps` around what is surely no text: lists, mappings, numbers and truth values."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text
    made = _dumped(tree)
    return text if made is tree else ast.unparse(made)


def _dumped(tree: ast.expr) -> ast.expr:
    match tree:
        case ast.IfExp(test, body, orelse):
            branches = _dumped(body), _dumped(orelse)
            return tree if branches == (body, orelse) else ast.IfExp(test, *branches)
        case ast.List() | ast.Tuple() | ast.Dict() | ast.ListComp() | ast.DictComp() | ast.Constant(int() | float()):
            return ast.Call(ast.Attribute(ast.Name("json"), "dumps"), [tree], [])
    return tree


class Names:
    """What the names of an expression stand for: columns of the row, and of the rows that it refers to."""

    def __init__(self, expression: Expression, around: Around) -> None:
        found = {name: around.name_of(name) for name in expression.names}
        self.known: Mapping[str, NameOf] = {each.name: each for each in found.values() if each is not None}
        self.needs = tuple(dict.fromkeys(each.path[0] for each in self.known.values()))
        self.kinds: Mapping[str, ValueType] = {name: each.kind for name, each in self.known.items()}

    @property
    def of_other_rows(self) -> bool:
        """Are any of them of another row than the one that has the expression?"""
        return any(each.of_other_row for each in self.known.values())

    def scope(self, context: Context) -> Scope:
        return expressions.Scope(
            context.rows,
            self.kinds,
            lambda name: at_path(context.column, self.known[name].path),
            context.draw,
            context.clock,
        )

    def scope_of(self, given: Mapping[str, Any]) -> Scope:
        """Of columns by field, with `rows`, `draw` and `clock` among them."""
        draw, clock = given["draw"], given["clock"]
        return expressions.Scope(
            given["rows"], self.kinds, lambda name: at_path(given.__getitem__, self.known[name].path), draw, clock
        )


class ExpressionGenerator(Generator[Any]):
    """The column of an expression."""

    def __init__(self, expression: Expression, around: Around, kind: ValueType) -> None:
        self.expression = expression
        self.names_of = Names(expression, around)
        self.kind = kind
        self.needs = self.names_of.needs

    def column(self, context: Context) -> Column:
        made = self.expression.column(self.names_of.scope(context), self.kind.or_null())
        return filled(made, self.kind)


def counted_by(expression: Expression, around: Around) -> Callable[..., Any]:
    """A rule for `parent(..., counts=)`: how many rows the expression gives each parent, whose columns it reads."""
    names = Names(expression, around)
    supplied = ("rows", "draw", "clock")

    def counts(*arguments: Any) -> Any:
        given = dict(zip((*names.needs, *supplied), arguments, strict=True))
        made: Any = expression.column(names.scope_of(given), kind_of(float, "the number of rows"))
        return np.maximum(np.floor(np.ma.filled(made, 0)), 0).astype(np.int64)

    parameters = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in (*names.needs, *supplied)]
    setattr(counts, "__signature__", Signature(parameters))  # noqa: B010 - a checker takes it for no attribute
    return counts


class ExpressionTest(Test):
    """Where an expression is true."""

    def __init__(self, expression: Expression, around: Around) -> None:
        self.expression = expression
        self.names_of = Names(expression, around)
        self.needs = self.names_of.needs

    def holds(self, context: Context) -> Bools:
        return self.expression.mask(self.names_of.scope(context))


def expression_names(text: str) -> tuple[str, ...]:
    """The first parts of the names in an expression; none of one that cannot be read."""
    return _names_of(lambda place: expressions.parse(text, place))


def _names_of(read: Callable[[Place], Expression]) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(name.removeprefix("this.").split(".")[0] for name in read(NOWHERE).names))
    except DatamimicError:
        return ()


def judge_expression(text: str, around: Around, place: Place, mistakes: Mistakes) -> None:
    """Add what is wrong with an expression: its syntax, and names that are none."""
    _judge(lambda at: expressions.parse(text, at), around, place, mistakes)


def _judge(read: Callable[[Place], Expression], around: Around, place: Place, mistakes: Mistakes) -> None:
    try:
        expression = read(place)
    except DatamimicError as error:
        at = Place(place.file, error.line or place.line, error.details.get("column", place.column))
        mistakes.add(error.code, error.message, at, hint=error.hint)
        return
    for name in expression.names:
        if around.name_of(name) is None:
            near = around.near(name)
            mistakes.add(
                "models.unknown_column",
                f"the expression names {name!r}, which is no column",
                place,
                hint=f"did you mean {near[0]}?" if near else "columns of the row, and table.column of a parent",
            )
