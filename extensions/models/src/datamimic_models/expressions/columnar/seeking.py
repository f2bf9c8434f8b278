"""Patterns of which only is asked whether they are found."""

from __future__ import annotations

from datamimic_models.expressions import tree
from datamimic_models.expressions.columnar.calls import found
from datamimic_models.expressions.columnar.vectors import Vector
from datamimic_models.expressions.columnar.working import Working


def found_in(form: Working, node: tree.Call) -> Vector | None:
    """Whether a pattern is found, where only that is asked for; null where the text is."""
    if not node.function.name.startswith("re.") or node.named or len(node.arguments) != 2:
        return None
    pattern, text = (form.of(argument) for argument in node.arguments if isinstance(argument, tree.Node))
    made = found(node.function.name, pattern, text)
    return None if made is None else form.settled(made)
