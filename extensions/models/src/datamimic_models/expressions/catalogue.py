"""What expressions may call: the one list that reading, working out and the reference page go by."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar

from attrs import field, frozen

F = TypeVar("F", bound=Callable[..., Any])
Gives = Literal["int", "float", "bool", "text", "date", "datetime", "time", "duration", "decimal", "uuid", "any"]


@frozen(eq=False)
class Function:
    """A function of the language: `call` works on plain values.

    `supplied` comes before the arguments: "words", a function that gives the next 64 random bits of the call in that row,
    "clock", the world's moment. `calls` are the parameters that take a lambda or a function. `gives` is the kind of its
    values, "any" where that depends. `example` runs, and the page shows what it gives.
    """

    name: str
    call: Callable[..., Any]
    example: str
    gives: Gives = "any"
    supplied: Literal["", "words", "clock"] = ""
    calls: tuple[str, ...] = ()
    family: str = ""
    takes_null: bool = False
    """Where null is as in SQL: does it see nulls, rather than be null itself?"""
    signature: inspect.Signature = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        signature = inspect.signature(self.call)
        own = [*signature.parameters.values()][1 if self.supplied else 0 :]
        object.__setattr__(self, "signature", signature.replace(parameters=own))

    @property
    def summary(self) -> str:
        return " ".join((inspect.getdoc(self.call) or "").split())

    @property
    def shown(self) -> str:
        """As one writes it: `round(value, digits=None)`."""
        parameters = [each.replace(annotation=inspect.Parameter.empty) for each in self.signature.parameters.values()]
        plain = inspect.Signature(parameters)
        return f"{self.name}{plain}".replace("(self, ", "(").replace(", /", "")


FUNCTIONS: Final[dict[str, Function]] = {}
"""By every name that it has: `now`, `datetime.now`, `datetime.datetime.now`."""


def function(
    *names: str,
    example: str,
    family: str,
    gives: Gives = "any",
    supplied: Literal["", "words", "clock"] = "",
    calls: tuple[str, ...] = (),
    takes_null: bool = False,
) -> Callable[[F], F]:
    """Put a function on the list under its `names`, the first of which the page shows."""

    def listed(call: F) -> F:
        made = Function(names[0], call, example, gives, supplied, calls, family, takes_null)
        FUNCTIONS.update(dict.fromkeys(names, made))
        return call

    return listed


@frozen(eq=False)
class Method:
    """A method of the values of `types`."""

    name: str
    types: tuple[type, ...]
    call: Callable[..., Any]
    example: str
    summary: str
    gives: Gives = "any"


METHODS: Final[dict[str, list[Method]]] = {}
"""By name; the first whose type the value has is called."""


def method(name: str, *types: type, call: Callable[..., Any], example: str, summary: str, gives: Gives = "any") -> None:
    """Put a method on the list."""
    METHODS.setdefault(name, []).append(Method(name, types, call, example, summary, gives))


@frozen(eq=False)
class Attribute:
    """An attribute of the values of `types` that is worked out by reading it."""

    name: str
    types: tuple[type, ...]
    example: str
    summary: str
    gives: Gives = "int"


ATTRIBUTES: Final[dict[str, list[Attribute]]] = {}
CONSTANTS: Final[dict[str, Any]] = {}
"""`math.pi` and the like."""
