"""An expression worked out row by row: the form that says what an expression means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Context, localcontext
from typing import Any, Final, Protocol

from attrs import field, frozen

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import ATTRIBUTES, METHODS
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.formatting import formatted
from datamimic_models.expressions.limits import LONGEST_TEXT, MOST_STEPS
from datamimic_models.expressions.operators import BINARY, COMPARISONS, UNARY, item, part
from datamimic_models.expressions.values import bounded, cost_of, iterated, kind_name, member, size_of, text_of, truth

DECIMALS: Final = Context(prec=28, Emax=9_999, Emin=-9_999)
"""How Decimals are worked out, whatever the program that runs this has set."""


class RowOfNames(Protocol):
    def value(self, path: tuple[str, ...]) -> tuple[Any, int]: ...
    def word(self, site: int, occurrence: int) -> int: ...
    @property
    def now(self) -> datetime: ...


class Frame:
    """One row being worked out."""

    __slots__ = ("drawn", "locals", "names", "steps")

    def __init__(self, names: RowOfNames) -> None:
        self.names = names
        self.locals: dict[str, Any] = {}
        self.drawn: dict[int, int] = {}
        self.steps = 0

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise TooLarge(f"more than {MOST_STEPS} steps for one row")

    def words(self, site: int) -> Callable[[], int]:
        """The next 64 bits of a call, each time that it is called."""

        def word() -> int:
            occurrence = self.drawn.get(site, 0)
            self.drawn[site] = occurrence + 1
            return self.names.word(site, occurrence)

        return word


Step = Callable[[Frame], Any]


def row_form(node: tree.Node, *, sql: bool) -> Callable[[RowOfNames], Any]:
    """The function of a row that works the expression out. It raises what `failures.WHAT_ROWS_RAISE` lists."""
    step = _Form(sql).of(node)

    def worked_out(names: RowOfNames) -> Any:
        with localcontext(DECIMALS):
            return step(Frame(names))

    return worked_out


@frozen
class _Form:
    """Makes one function of a frame for every node. `sql`: null is as in SQL, and not as None is in Python."""

    sql: bool
    makers: Mapping[type, Callable[[Any], Step]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        makers: dict[type, Callable[[Any], Step]] = {
            tree.Constant: self._constant,
            tree.Name: self._name,
            tree.Local: self._local,
            tree.Unary: self._unary,
            tree.Not: self._not,
            tree.Binary: self._binary,
            tree.Logic: self._logic,
            tree.Comparison: self._comparison,
            tree.Conditional: self._conditional,
            tree.Member: self._member,
            tree.Item: self._item,
            tree.Part: self._part,
            tree.Call: self._call,
            tree.MethodCall: self._method_call,
            tree.Formatted: self._formatted,
            tree.Interpolation: self._interpolation,
            tree.Display: self._display,
            tree.Pairs: self._pairs,
            tree.Comprehension: self._comprehension,
        }
        object.__setattr__(self, "makers", makers)

    def of(self, node: tree.Node) -> Step:
        return self.makers[type(node)](node)

    def _constant(self, node: tree.Constant) -> Step:
        value = node.value
        return lambda frame: value

    def _name(self, node: tree.Name) -> Step:
        path = node.path

        def named(frame: Frame) -> Any:
            value, parts = frame.names.value(path)
            for name in path[parts:]:
                if value is None and self.sql:
                    return None
                value = attribute(value, name)
            return value

        return named

    def _local(self, node: tree.Local) -> Step:
        name = node.name
        return lambda frame: frame.locals[name]

    # -- operators ----------------------------------------------------------------------------------------------

    def _unary(self, node: tree.Unary) -> Step:
        act, operand = UNARY[node.operator], self.of(node.operand)
        return self._strict(lambda frame, value: act(value), operand)

    def _not(self, node: tree.Not) -> Step:
        return self._strict(lambda frame, value: not truth(value), self.of(node.operand), in_python=True)

    def _strict(self, act: Callable[..., Any], *operands: Step, in_python: bool = False) -> Step:
        """`act` of the operands; where null is as in SQL, null as soon as one is."""
        sql = self.sql
        if len(operands) == 1:
            [one] = operands

            def of_one(frame: Frame) -> Any:
                value = one(frame)
                return None if sql and value is None else act(frame, value)

            return of_one

        def of_several(frame: Frame) -> Any:
            values = [each(frame) for each in operands]
            return None if sql and any(value is None for value in values) else act(frame, *values)

        return of_several

    def _binary(self, node: tree.Binary) -> Step:
        act, left, right, sql = BINARY[node.operator], self.of(node.left), self.of(node.right), self.sql

        def binary(frame: Frame) -> Any:
            one, other = left(frame), right(frame)
            if sql and (one is None or other is None):
                return None
            if one is None or other is None:
                raise Failed(f"null has no {node.operator}")
            made = act(one, other)
            if (size := size_of(made)) >= 100:
                frame.spend(size // 100)
            return made

        return binary

    def _logic(self, node: tree.Logic) -> Step:
        parts, ends = [self.of(each) for each in node.parts], node.operator == "or"

        def in_python(frame: Frame) -> Any:
            value = None
            for each in parts:
                value = each(frame)
                if truth(value) == ends:
                    break
            return value

        def in_sql(frame: Frame) -> Any:
            unknown = False
            for each in parts:
                value = each(frame)
                if value is None:
                    unknown = True
                elif truth(value) == ends:
                    return ends
            return None if unknown else not ends

        return in_sql if self.sql else in_python

    def _comparison(self, node: tree.Comparison) -> Step:
        operands = [self.of(each) for each in node.operands]
        acts: list[Callable[[Any, Any], Any]] = [COMPARISONS[name] for name in node.operators]
        if self.sql:
            acts = [
                act if name.startswith("is") else in_sql(name, act)
                for name, act in zip(node.operators, acts, strict=True)
            ]
        sql = self.sql

        def compare(frame: Frame) -> Any:
            left, unknown = operands[0](frame), False
            for act, operand in zip(acts, operands[1:], strict=True):
                right = operand(frame)
                made = act(left, right)
                if made is None and sql:
                    unknown = True
                elif not made:
                    return False
                left = right
            return None if unknown else True

        return compare

    def _conditional(self, node: tree.Conditional) -> Step:
        test, yes, no = self.of(node.test), self.of(node.yes), self.of(node.no)
        return lambda frame: yes(frame) if truth(test(frame)) else no(frame)

    # -- parts --------------------------------------------------------------------------------------------------

    def _member(self, node: tree.Member) -> Step:
        name = node.name
        return self._strict(lambda frame, value: attribute(value, name), self.of(node.of))

    def _item(self, node: tree.Item) -> Step:
        return self._strict(lambda frame, of, index: item(of, index), self.of(node.of), self.of(node.index))

    def _part(self, node: tree.Part) -> Step:
        of = self.of(node.of)
        bounds = [None if each is None else self.of(each) for each in node.bounds]

        def sliced(frame: Frame) -> Any:
            value = of(frame)
            if value is None and self.sql:
                return None
            return part(value, *(None if each is None else each(frame) for each in bounds))

        return sliced

    # -- calls --------------------------------------------------------------------------------------------------

    def _argument(self, node: tree.Argument) -> Step:
        if isinstance(node, tree.FunctionName):
            function = node.function.call
            return lambda frame: function
        if isinstance(node, tree.Lambda):
            return self._lambda(node)
        return self.of(node)

    def _lambda(self, node: tree.Lambda) -> Step:
        body, parameters = self.of(node.body), node.parameters

        def made(frame: Frame) -> Any:
            def call(*arguments: Any) -> Any:
                if len(arguments) != len(parameters):
                    raise Failed(f"the lambda takes {len(parameters)} values, not {len(arguments)}")
                frame.spend(1)
                before = {name: frame.locals[name] for name in parameters if name in frame.locals}
                frame.locals.update(zip(parameters, arguments, strict=True))
                try:
                    return body(frame)
                finally:
                    _restore(frame, parameters, before)

            return call

        return made

    def _call(self, node: tree.Call) -> Step:
        function, site = node.function, node.site
        arguments = [self._argument(each) for each in node.arguments]
        named = [(name, self._argument(each)) for name, each in node.named]
        call, supplied = function.call, function.supplied
        sql = self.sql and not function.takes_null

        def called(frame: Frame) -> Any:
            given = [each(frame) for each in arguments]
            by_name = {name: each(frame) for name, each in named}
            if sql and (None in given or None in by_name.values()) and _any_null([*given, *by_name.values()]):
                return None
            frame.spend(1 + sum(map(cost_of, given)))
            if supplied == "words":
                assert site is not None
                made = call(frame.words(site), *given, **by_name)
            elif supplied == "clock":
                made = call(frame.names.now, *given, **by_name)
            else:
                made = call(*given, **by_name)
            return _charged(frame, made)

        return called

    def _method_call(self, node: tree.MethodCall) -> Step:
        of, name = self.of(node.of), node.name
        arguments = [self.of(each) for each in node.arguments]
        named = [(key, self.of(each)) for key, each in node.named]

        def called(frame: Frame) -> Any:
            value = of(frame)
            if value is None and self.sql:
                return None
            given = [each(frame) for each in arguments]
            by_name = {key: each(frame) for key, each in named}
            if self.sql and _any_null([*given, *by_name.values()]):
                return None
            frame.spend(1 + cost_of(value) + sum(map(cost_of, given)))
            return _charged(frame, method_of(value, name)(value, *given, **by_name))

        return called

    # -- texts, lists -------------------------------------------------------------------------------------------

    def _formatted(self, node: tree.Formatted) -> Step:
        value, conversion = self.of(node.value), node.conversion
        spec = None if node.spec is None else self.of(node.spec)

        def written(frame: Frame) -> Any:
            made = value(frame)
            if made is None and self.sql:
                return None
            if spec is None:
                return text_of(made) if not conversion else formatted(made, "", conversion)
            return formatted(made, spec(frame), conversion)

        return written

    def _interpolation(self, node: tree.Interpolation) -> Step:
        parts = [self.of(each) for each in node.parts]

        def joined(frame: Frame) -> Any:
            texts = [each(frame) for each in parts]
            if self.sql and None in texts:
                return None
            length = sum(map(len, texts))
            if length > LONGEST_TEXT:
                raise TooLarge(f"a text of {length} characters")
            frame.spend(length // 100)
            return "".join(texts)

        return joined

    def _display(self, node: tree.Display) -> Step:
        items = [self.of(each) for each in node.items]
        make: Callable[[Any], Any] = {"list": list, "tuple": tuple, "set": frozenset}[node.kind]
        return lambda frame: bounded(make([each(frame) for each in items]))

    def _pairs(self, node: tree.Pairs) -> Step:
        keys, values = [self.of(each) for each in node.keys], [self.of(each) for each in node.values]
        return lambda frame: bounded({key(frame): value(frame) for key, value in zip(keys, values, strict=True)})

    def _comprehension(self, node: tree.Comprehension) -> Step:
        key = None if node.key is None else self.of(node.key)
        element = self.of(node.element)
        clauses = [
            (each.target, self.of(each.items), [self.of(test) for test in each.conditions]) for each in node.clauses
        ]
        names = [name for each in node.clauses for name in _names(each.target)]

        def loop(frame: Frame, depth: int, found: list[Any]) -> None:
            if depth == len(clauses):
                found.append(element(frame) if key is None else (key(frame), element(frame)))
                return
            target, items, tests = clauses[depth]
            for value in iterated(items(frame)):
                frame.spend(1)
                _bind(frame, target, value)
                if all(truth(test(frame)) for test in tests):
                    loop(frame, depth + 1, found)

        def collected(frame: Frame) -> Any:
            before = {name: frame.locals[name] for name in names if name in frame.locals}
            found: list[Any] = []
            try:
                loop(frame, 0, found)
            finally:
                _restore(frame, names, before)
            return bounded({"list": list, "set": frozenset, "dict": dict}[node.kind](found))

        return collected


def in_sql(name: str, act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A comparison that is unknown where a side is null; `in` is unknown where only a null among the items could fit."""

    def compare(left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        if name in ("in", "not in") and isinstance(right, list | tuple | frozenset):
            known = [each for each in right if each is not None]
            found = COMPARISONS["in"](left, known)
            if not found and len(known) < len(right):
                return None
            return found if name == "in" else not found
        return act(left, right)

    return compare


def attribute(value: Any, name: str) -> Any:
    """`value.name`: a part of a date or duration, or the member of a record."""
    for known in ATTRIBUTES.get(name, ()):
        if isinstance(value, known.types):
            return getattr(value, known.name)
    return member(value, name)


def method_of(value: Any, name: str) -> Callable[..., Any]:
    """Raises `Failed` for one that values of the kind have not."""
    for known in METHODS[name]:
        if isinstance(value, known.types):
            return known.call
    raise Failed(f"{kind_name(value)} has no method {name}")


def _charged(frame: Frame, made: Any) -> Any:
    if (size := size_of(made)) >= 100:
        frame.spend(size // 100)
        return bounded(made)
    return bounded(made) if type(made) in (int, list, tuple, dict) else made


def _any_null(values: list[Any]) -> bool:
    return any(value is None for value in values)


def _names(target: tree.Target) -> list[str]:
    return [target] if isinstance(target, str) else [name for each in target for name in _names(each)]


def _bind(frame: Frame, target: tree.Target, value: Any) -> None:
    if isinstance(target, str):
        frame.locals[target] = value
        return
    values = list(iterated(value))
    if len(values) != len(target):
        raise Failed(f"{len(values)} values cannot be given to {len(target)} names")
    for each, inner in zip(target, values, strict=True):
        _bind(frame, each, inner)


def _restore(frame: Frame, names: Any, before: dict[str, Any]) -> None:
    for name in names:
        if name in before:
            frame.locals[name] = before[name]
        else:
            frame.locals.pop(name, None)
