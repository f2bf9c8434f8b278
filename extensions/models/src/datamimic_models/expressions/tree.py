"""The tree of an expression: what may be written, and nothing else. Every node knows where it begins in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, TypeAlias

from attrs import evolve, fields, frozen

from datamimic_models.expressions.catalogue import Function

At: TypeAlias = tuple[int, int]
"""Line from 1 and column from 0 within the text."""
Conversion: TypeAlias = Literal["", "s", "r", "a"]


@frozen
class Constant:
    value: Any
    at: At


@frozen
class Name:
    """A name that the caller resolves: `price`, `doc.full_name`, as its parts."""

    path: tuple[str, ...]
    at: At


@frozen
class Local:
    """A variable of a comprehension or a lambda."""

    name: str
    at: At


@frozen
class Unary:
    operator: Literal["+", "-", "~"]
    operand: Node
    at: At


@frozen
class Not:
    operand: Node
    at: At


@frozen
class Binary:
    operator: str
    left: Node
    right: Node
    at: At


@frozen
class Logic:
    operator: Literal["and", "or"]
    parts: tuple[Node, ...]
    at: At


@frozen
class Comparison:
    """`operands` are one more than `operators`."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]
    at: At


@frozen
class Conditional:
    test: Node
    yes: Node
    no: Node
    at: At


@frozen
class Member:
    of: Node
    name: str
    at: At


@frozen
class Item:
    of: Node
    index: Node
    at: At


@frozen
class Part:
    """A slice."""

    of: Node
    bounds: tuple[Node | None, Node | None, Node | None]
    at: At


@frozen
class Call:
    """`site` is the number of the call among those that draw or need one, None for others."""

    function: Function
    arguments: tuple[Argument, ...]
    named: tuple[tuple[str, Argument], ...]
    site: int | None
    at: At


@frozen
class MethodCall:
    name: str
    of: Node
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]
    at: At


@frozen
class Formatted:
    """One `{…}` of an f-string; `spec` is None where there is none."""

    value: Node
    conversion: Conversion
    spec: Node | None
    at: At


@frozen
class Interpolation:
    """An f-string: constants and `Formatted` parts."""

    parts: tuple[Node, ...]
    at: At


@frozen
class Display:
    kind: Literal["list", "tuple", "set"]
    items: tuple[Node, ...]
    at: At


@frozen
class Pairs:
    """A dict."""

    keys: tuple[Node, ...]
    values: tuple[Node, ...]
    at: At


@frozen
class Clause:
    """`for target in items if conditions`; `target` has the names that items are bound to, nested as they are unpacked."""

    target: Target
    items: Node
    conditions: tuple[Node, ...]


@frozen
class Comprehension:
    """`key` is None but for a dict's. A generator is a list."""

    kind: Literal["list", "set", "dict"]
    key: Node | None
    element: Node
    clauses: tuple[Clause, ...]
    at: At


@frozen
class Lambda:
    """Only as an argument of a function that calls it."""

    parameters: tuple[str, ...]
    body: Node
    at: At


@frozen
class FunctionName:
    """A function of ours as an argument: `key=len`."""

    function: Function
    at: At


Target: TypeAlias = str | tuple["Target", ...]
Operation: TypeAlias = Unary | Not | Binary | Logic | Comparison | Conditional
Node: TypeAlias = (
    Constant
    | Name
    | Local
    | Operation
    | Member
    | Item
    | Part
    | Call
    | MethodCall
    | Formatted
    | Interpolation
    | Display
    | Pairs
    | Comprehension
)
Argument: TypeAlias = Node | Lambda | FunctionName


_KEPT: Final = ("at", "path", "target", "function", "value")
"""What of a node is no node."""


def parts_of(node: Any) -> Iterator[Any]:
    """The nodes (and clauses) directly within one, in the order of the text."""
    for attribute in fields(type(node)):
        value = getattr(node, attribute.name)
        if attribute.name in _KEPT and not isinstance(node, Formatted):
            continue
        for each in value if isinstance(value, tuple) else (value,):
            inner = each[1] if attribute.name == "named" else each
            if hasattr(type(inner), "__attrs_attrs__"):
                yield inner


def within(node: Any) -> Iterator[Any]:
    """The node and every node in it."""
    yield node
    for part in parts_of(node):
        yield from within(part)


def replaced(node: Any, by: Callable[[Any], Any]) -> Any:
    """The node with every node in it that `by` gives another for exchanged."""
    if isinstance(node, tuple):
        return tuple(replaced(each, by) for each in node)
    if not hasattr(type(node), "__attrs_attrs__"):
        return node
    other = by(node)
    if other is not None:
        return other
    kept = ("at", "path", "target", "function") if isinstance(node, Formatted) else _KEPT
    names = [each.name for each in fields(type(node)) if each.name not in kept]
    return evolve(node, **{name: replaced(getattr(node, name), by) for name in names})
