"""Expressions: a safe subset of Python's, for conditions, counts, checks and values of a model.

    parse("price * quantity * (1 - discount)").row(Row({"price": 2.5, "quantity": 4, "discount": 0.1}))  ->  9.0

limits, failures     how large things may be, and what goes wrong
values, operators    plain values and what operators make of them
functions            what may be called; `catalogue` is the list
source, reading      text -> Python's syntax tree -> ours (`tree`), of which nothing is ever run by Python
rowwise              worked out row by row: what an expression means
columnar             worked out for all rows of a batch at once, the same
scope                what names stand for

All of it is imported with the first expression: a model that has none waits for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_models.expressions.columnar.texts import where_found as where_found
    from datamimic_models.expressions.expression import Expression as Expression
    from datamimic_models.expressions.expression import Nulls as Nulls
    from datamimic_models.expressions.expression import OnError as OnError
    from datamimic_models.expressions.expression import parse as parse
    from datamimic_models.expressions.expression import parse_template as parse_template
    from datamimic_models.expressions.scope import Row as Row
    from datamimic_models.expressions.scope import Scope as Scope

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Expression": ".expression",
        "Nulls": ".expression",
        "OnError": ".expression",
        "Row": ".scope",
        "Scope": ".scope",
        "parse": ".expression",
        "parse_template": ".expression",
        "where_found": ".columnar.texts",
    },
)
