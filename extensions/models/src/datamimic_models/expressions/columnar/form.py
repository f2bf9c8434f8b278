"""The tree of an expression, worked out node by node for all rows of a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from attrs import evolve

from datamimic.columns import Bools
from datamimic_models.expressions import tree
from datamimic_models.expressions.batches import Batch
from datamimic_models.expressions.catalogue import ATTRIBUTES, METHODS
from datamimic_models.expressions.columnar import moments, numbers_of_two_kinds, texts
from datamimic_models.expressions.columnar.arithmetic import computed, signed
from datamimic_models.expressions.columnar.calls import KERNELS, found
from datamimic_models.expressions.columnar.choosing import chosen, true_where
from datamimic_models.expressions.columnar.comparing import compared
from datamimic_models.expressions.columnar.draws import drawn
from datamimic_models.expressions.columnar.each import each, unknown
from datamimic_models.expressions.columnar.names import vector_of_column
from datamimic_models.expressions.columnar.vectors import LARGE, Fixed, Operand, Vector, either, vector_of, within
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE, Failed, TooLarge
from datamimic_models.expressions.formatting import formatted
from datamimic_models.expressions.operators import BINARY, COMPARISONS, UNARY, item, part
from datamimic_models.expressions.rowwise import attribute, in_sql, method_of, row_form
from datamimic_models.expressions.values import bounded, plain, size_of


class ColumnForm:
    """Works out the nodes of one expression for one batch. `sql`: null is as in SQL."""

    def __init__(self, batch: Batch, *, sql: bool) -> None:
        self.batch = batch
        self.sql = sql
        self.length = len(batch)
        self._names: dict[tuple[str, ...], Operand] = {}

    def of(self, node: tree.Node) -> Operand:
        try:
            return _FORMS[type(node)](self, node)
        except Failed:
            return unknown(self.length)

    def truth_of(self, node: tree.Node) -> tuple[Bools, Bools | None]:
        """Where a node counts as true, and where that is unsure: without making what is only asked for its truth."""
        if isinstance(node, tree.Not) and not self.sql:
            flags, unsure = self.truth_of(node.operand)
            return ~flags, unsure
        if isinstance(node, tree.Logic) and not self.sql:
            return self._truth_of_parts(node)
        if isinstance(node, tree.Call) and (sought := self._found(node)) is not None:
            return sought.values & ~sought.null if sought.null is not None else sought.values, sought.unsure
        return true_where(self.of(node), self.length)

    def _truth_of_parts(self, node: tree.Logic) -> tuple[Bools, Bools | None]:
        ends = node.operator == "or"
        flags, unsure = self.truth_of(node.parts[0])
        for each_part in node.parts[1:]:
            more, doubt = self.truth_of(each_part)
            unsure = either(unsure, within(doubt, ~flags if ends else flags))
            flags = flags | more if ends else flags & more
        return flags, unsure

    # -- how nulls count, and what kernels do not do ------------------------------------------------------------

    def _settled(self, made: Vector) -> Vector:
        """Null is unsure in Python, where the row form says what is wrong; in SQL it is null."""
        if made.null is None or self.sql:
            return made
        return evolve(made, null=None, unsure=either(made.unsure, made.null))

    def _each(self, function: Callable[..., Any], operands: Sequence[Operand], gives: str = "any") -> Operand:
        return each(function, operands, self.length, null_in_null_out=self.sql, gives=gives)

    def rows(self, node: tree.Node) -> Operand:
        """The node worked out row by row."""
        form = row_form(node, sql=self.sql)
        failed = np.zeros(self.length, dtype=np.bool_)
        values: list[Any] = []
        too_large = False
        for position, row in enumerate(self.batch.rows(range(self.length))):
            value = None
            try:
                value = None if too_large else form(row)
            except WHAT_ROWS_RAISE as error:
                # What is too large in one row is so in many: the others are left to the end, which stops at the first.
                too_large = isinstance(error, TooLarge)
                failed[position] = True
            failed[position] |= too_large
            if size_of(value) >= LARGE:
                value, failed[position] = None, True
            values.append(value)
        return vector_of(values, failed if failed.any() else None)

    # -- values -------------------------------------------------------------------------------------------------

    def constant(self, node: tree.Constant) -> Operand:
        return Fixed(node.value)

    def name(self, node: tree.Name) -> Operand:
        if node.path not in self._names:
            self._names[node.path] = self._read(node.path)
        return self._names[node.path]

    def _read(self, path: tuple[str, ...]) -> Operand:
        scope = self.batch.scope
        try:
            name, parts = scope.name_of(path)
            if name in scope.values:
                made: Operand = Fixed(plain(scope.values[name]))
            else:
                made, gone = vector_of_column(scope.read(name), scope.kinds[name], path[parts:])
                parts += gone
        except Failed:
            return unknown(self.length)
        for rest in path[parts:]:
            made = self._attribute(made, rest)
        return made

    def _attribute(self, of: Operand, name: str) -> Operand:
        if isinstance(of, Vector) and (made := moments.part(of, name)) is not None:
            return self._settled(made)
        gives = ATTRIBUTES[name][0].gives if name in ATTRIBUTES else "any"
        return self._each(lambda value: attribute(value, name), [of], gives)

    def member(self, node: tree.Member) -> Operand:
        return self._attribute(self.of(node.of), node.name)

    def item(self, node: tree.Item) -> Operand:
        of, index = self.of(node.of), self.of(node.index)
        if isinstance(of, Vector) and isinstance(index, Fixed) and type(index.value) is int:
            made = texts.character(of, index.value)
            if made is not None:
                return self._settled(made)
        return self._each(item, [of, index])

    def part(self, node: tree.Part) -> Operand:
        of = self.of(node.of)
        bounds = [Fixed(None) if bound is None else self.of(bound) for bound in node.bounds]
        start, stop = bounds[:2]
        if isinstance(of, Vector) and isinstance(start, Fixed) and isinstance(stop, Fixed) and node.bounds[2] is None:
            made = texts.sliced(of, start.value, stop.value)
            if made is not None:
                return self._settled(made)
        present = [bound for bound, written in zip(bounds, node.bounds, strict=True) if written is not None]
        places = [number for number, written in enumerate(node.bounds) if written is not None]

        def cut(value: Any, *ends: Any) -> Any:
            given: list[Any] = [None, None, None]
            for place, end in zip(places, ends, strict=True):
                given[place] = end
            return part(value, *given)

        if self.sql:
            return self.rows(node)
        return self._each(cut, [of, *present])

    # -- operators ----------------------------------------------------------------------------------------------

    def unary(self, node: tree.Unary) -> Operand:
        operand = self.of(node.operand)
        made = signed(node.operator, operand) if isinstance(operand, Vector) else None
        return self._each(UNARY[node.operator], [operand]) if made is None else self._settled(made)

    def binary(self, node: tree.Binary) -> Operand:
        left, right = self.of(node.left), self.of(node.right)
        made = None
        if isinstance(left, Vector) or isinstance(right, Vector):
            made = computed(node.operator, left, right)
            if made is None:
                made = numbers_of_two_kinds.computed(node.operator, left, right)
            if made is None and node.operator == "+":
                made = self._concatenated(left, right)
        return self._each(BINARY[node.operator], [left, right]) if made is None else self._settled(made)

    def _concatenated(self, left: Operand, right: Operand) -> Vector | None:
        for operand in (left, right):
            text = isinstance(operand.value, str) if isinstance(operand, Fixed) else operand.kind == "text"
            if not text:
                return None
        return texts.joined([left, right], self.length)

    def negation(self, node: tree.Not) -> Operand:
        if not self.sql:
            flags, unsure = self.truth_of(node)
            return Vector("bool", flags, None, unsure)
        operand = self.of(node.operand)
        flags, unsure = true_where(operand, self.length)
        null = operand.null if isinstance(operand, Vector) else None
        if isinstance(operand, Fixed) and operand.value is None:
            return Fixed(None)
        return self._settled(Vector("bool", ~flags, null, unsure))

    def logic(self, node: tree.Logic) -> Operand:
        return self._logic_of_sql(node) if self.sql else self._logic_of_python(node)

    def _logic_of_python(self, node: tree.Logic) -> Operand:
        made = self.of(node.parts[0])
        for each_part in node.parts[1:]:
            flags, unsure = true_where(made, self.length)
            other = self.of(each_part)
            picked = chosen(flags, made, other) if node.operator == "or" else chosen(flags, other, made)
            made = picked.marked(unsure)
        return made

    def _logic_of_sql(self, node: tree.Logic) -> Operand:
        ends = node.operator == "or"
        ended = np.zeros(self.length, dtype=np.bool_)
        unknown_there: Bools | None = None
        unsure: Bools | None = None
        for each_part in node.parts:
            operand = self.of(each_part)
            flags, doubt = true_where(operand, self.length)
            null = operand.null if isinstance(operand, Vector) else None
            if isinstance(operand, Fixed) and operand.value is None:
                null = np.ones(self.length, dtype=np.bool_)
            unknown_there, unsure = either(unknown_there, null), either(unsure, within(doubt, ~ended))
            ending = flags if ends else ~flags
            ended = ended | (ending if null is None else ending & ~null)
        values = ended if ends else ~ended
        return Vector("bool", values, within(unknown_there, ~ended), unsure)

    def comparison(self, node: tree.Comparison) -> Operand:
        if (sought := self._found_or_not(node)) is not None:
            return sought
        operands = [self.of(each_operand) for each_operand in node.operands]
        made: Operand | None = None
        for name, left, right in zip(node.operators, operands, operands[1:], strict=False):
            one = self._compared(name, left, right)
            made = one if made is None else self._both(made, one)
        assert made is not None
        return made

    def _compared(self, name: str, left: Operand, right: Operand) -> Operand:
        if name.startswith("is") and isinstance(right, Fixed) and right.value is None and isinstance(left, Vector):
            null = np.zeros(self.length, dtype=np.bool_) if left.null is None else left.null
            return Vector("bool", null if name == "is" else ~null, None, left.unsure)
        act = COMPARISONS[name] if not self.sql or name.startswith("is") else in_sql(name, COMPARISONS[name])
        strict = self.sql and not name.startswith("is")
        if isinstance(left, Fixed) and isinstance(right, Fixed):
            return each(act, [left, right], self.length, null_in_null_out=strict, gives="bool")
        made = compared(name, left, right)
        if made is None:
            return each(act, [left, right], self.length, null_in_null_out=strict, gives="bool")
        if self.sql or made.null is None or name not in ("==", "!=", "in", "not in"):
            return self._settled(made)
        if name in ("in", "not in"):
            if not isinstance(left, Vector):
                return self._settled(made)
            return evolve(made, null=None, values=np.where(made.null, name == "not in", made.values))
        nulls = [operand.null if isinstance(operand, Vector) else None for operand in (left, right)]
        both = nulls[0] & nulls[1] if nulls[0] is not None and nulls[1] is not None else np.False_
        values = np.where(made.null, both if name == "==" else ~both, made.values)
        return evolve(made, null=None, values=values)

    def _both(self, one: Operand, other: Operand) -> Operand:
        """One comparison of a chain and the next."""
        (flags, unsure), (more, doubt) = (true_where(operand, self.length) for operand in (one, other))
        if not self.sql:
            return Vector("bool", flags & more, None, either(unsure, within(doubt, flags)))
        nulls = []
        for operand in (one, other):
            if isinstance(operand, Vector):
                nulls.append(operand.null)
            else:
                nulls.append(np.ones(self.length, dtype=np.bool_) if operand.value is None else None)
        wrong = np.zeros(self.length, dtype=np.bool_)
        for null, true in zip(nulls, (flags, more), strict=True):
            wrong |= ~true if null is None else ~true & ~null
        null = within(either(*nulls), ~wrong)
        return Vector("bool", flags & more, null, either(unsure, doubt))

    def conditional(self, node: tree.Conditional) -> Operand:
        test, unsure = self.truth_of(node.test)
        return chosen(test, self.of(node.yes), self.of(node.no)).marked(unsure)

    # -- calls --------------------------------------------------------------------------------------------------

    def _found(self, node: tree.Call) -> Vector | None:
        """Whether a pattern is found, where only that is asked for; null where the text is."""
        if not node.function.name.startswith("re.") or node.named or len(node.arguments) != 2:
            return None
        pattern, text = (self.of(argument) for argument in node.arguments if isinstance(argument, tree.Node))
        made = found(node.function.name, pattern, text)
        return None if made is None else self._settled(made)

    def _found_or_not(self, node: tree.Comparison) -> Operand | None:
        """`re.search(…) is None`"""
        first, second = node.operands[:2]
        if len(node.operators) > 1 or not node.operators[0].startswith("is") or not isinstance(first, tree.Call):
            return None
        if not isinstance(second, tree.Constant) or second.value is not None or self.sql:
            return None
        made = self._found(first)
        if made is None:
            return None
        return evolve(made, values=made.values if node.operators[0] == "is not" else ~made.values)

    def call(self, node: tree.Call) -> Operand:
        function = node.function
        given = [*node.arguments, *(value for _, value in node.named)]
        if any(isinstance(argument, tree.Lambda | tree.FunctionName) for argument in given):
            return self.rows(node)
        if function.name == "bool" and len(given) == 1 and isinstance(given[0], tree.Call) and not self.sql:
            flags, unsure = self.truth_of(given[0])
            return Vector("bool", flags, None, unsure)
        operands = [self.of(argument) for argument in node.arguments if isinstance(argument, tree.Node)]
        named = {name: self.of(argument) for name, argument in node.named if isinstance(argument, tree.Node)}
        bound: dict[str, Any] = function.signature.bind(*operands, **named).arguments
        if function.supplied == "words":
            assert node.site is not None
            made = drawn(function.name, partial(self.batch.words, node.site), bound) if not self.sql else None
            return self.rows(node) if made is None else made
        if function.supplied == "clock":
            return Fixed(function.call(self.batch.now))
        if function.name in KERNELS:
            made = KERNELS[function.name](bound, self.length, self.sql)
            if made is not None:
                return made if function.takes_null or function.name in ("str", "bool") else self._settled(made)
        names = [*named]

        def call(*values: Any) -> Any:
            split = len(values) - len(names)
            return function.call(*values[:split], **dict(zip(names, values[split:], strict=True)))

        strict = self.sql and not function.takes_null
        return each(call, [*operands, *named.values()], self.length, null_in_null_out=strict, gives=function.gives)

    def method_call(self, node: tree.MethodCall) -> Operand:
        of = self.of(node.of)
        arguments = tuple(self.of(argument) for argument in node.arguments)
        named = {name: self.of(argument) for name, argument in node.named}
        if isinstance(of, Vector) and not named:
            for kernel in (texts.by_method, moments.by_method):
                made = kernel(node.name, of, arguments)
                if made is not None:
                    return self._settled(made)
        names, name = [*named], node.name

        def call(value: Any, *values: Any) -> Any:
            split = len(values) - len(names)
            by_name = dict(zip(names, values[split:], strict=True))
            return method_of(value, name)(value, *values[:split], **by_name)

        gives = METHODS[name][0].gives if len(METHODS[name]) == 1 else "any"
        return self._each(call, [of, *arguments, *named.values()], gives)

    # -- texts, lists -------------------------------------------------------------------------------------------

    def formatted(self, node: tree.Formatted) -> Operand:
        value = self.of(node.value)
        spec = Fixed("") if node.spec is None else self.of(node.spec)
        if isinstance(value, Vector) and isinstance(spec, Fixed) and node.conversion in ("", "s"):
            made = None
            if not spec.value:
                made = KERNELS["str"]({"value": value}, self.length, self.sql)
            elif not node.conversion:
                made = texts.formatted(value, spec.value)
                made = None if made is None else self._settled(made)
            if made is not None:
                return made
        conversion = node.conversion
        return self._each(lambda shown, how: formatted(shown, how, conversion), [value, spec], "text")

    def interpolation(self, node: tree.Interpolation) -> Operand:
        parts = [self.of(each_part) for each_part in node.parts]
        known = all(
            isinstance(each_part.value, str) if isinstance(each_part, Fixed) else each_part.kind == "text"
            for each_part in parts
        )
        if known and any(isinstance(each_part, Vector) for each_part in parts):
            made = texts.joined(parts, self.length)
            if made is not None:
                return self._settled(made)
        return self._each(lambda *pieces: bounded("".join(pieces)), parts, "text")

    def display(self, node: tree.Display) -> Operand:
        make: Callable[[Any], Any] = {"list": list, "tuple": tuple, "set": frozenset}[node.kind]
        return each(lambda *items: make(items), [self.of(inner) for inner in node.items], self.length)

    def pairs(self, node: tree.Pairs) -> Operand:
        count = len(node.keys)
        operands = [self.of(inner) for inner in (*node.keys, *node.values)]
        return each(lambda *all: dict(zip(all[:count], all[count:], strict=True)), operands, self.length)


_FORMS: Final[dict[Any, Callable[[ColumnForm, Any], Operand]]] = {
    tree.Constant: ColumnForm.constant,
    tree.Name: ColumnForm.name,
    tree.Unary: ColumnForm.unary,
    tree.Not: ColumnForm.negation,
    tree.Binary: ColumnForm.binary,
    tree.Logic: ColumnForm.logic,
    tree.Comparison: ColumnForm.comparison,
    tree.Conditional: ColumnForm.conditional,
    tree.Member: ColumnForm.member,
    tree.Item: ColumnForm.item,
    tree.Part: ColumnForm.part,
    tree.Call: ColumnForm.call,
    tree.MethodCall: ColumnForm.method_call,
    tree.Formatted: ColumnForm.formatted,
    tree.Interpolation: ColumnForm.interpolation,
    tree.Display: ColumnForm.display,
    tree.Pairs: ColumnForm.pairs,
    tree.Comprehension: ColumnForm.rows,
}
