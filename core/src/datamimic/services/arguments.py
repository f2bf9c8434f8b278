"""Arguments of services and generators are what their annotations say; what is not is a coded error that names them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_type_hints

import numpy as np

from datamimic.errors import InvalidOption, excerpt
from datamimic.model.options import in_words, is_a

Init = TypeVar("Init", bound=Callable[..., None])
_PARSED = frozenset({"self", "seed", "clock", "dataset"})
"""Parameters whose parsers take more than the annotation says, and refuse the rest in words of their own."""


def checked(init: Init) -> Init:
    """`__init__` that raises `InvalidOption` (`invalid_option`) for a value that its parameter's annotation rules out.

    Annotations that name what only type checkers see rule nothing out.
    """
    signature = inspect.signature(init)

    @functools.wraps(init)
    def checking(self: Any, *args: Any, **named: Any) -> None:
        try:
            given = signature.bind(self, *args, **named).arguments
        except TypeError:
            # The call itself says it better.
            given = {}
        for name, value in given.items():
            if name not in _PARSED and value is not signature.parameters[name].default:
                annotation = _annotations(init).get(name, Any)
                if not is_a(value.item() if isinstance(value, np.generic) else value, annotation):
                    raise InvalidOption(
                        "invalid_option", f"{name} is {excerpt(value)}, not {in_words(annotation)}", path=f"$.{name}"
                    )
        init(self, *args, **named)

    return checking  # type: ignore[return-value]


@functools.cache
def _annotations(init: Callable[..., None]) -> Mapping[str, Any]:
    try:
        return {
            parameter.name: hint
            for parameter in inspect.signature(init).parameters.values()
            if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
            and (hint := get_type_hints(init).get(parameter.name)) is not None
        }
    except NameError:
        return {}
