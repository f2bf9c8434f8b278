"""Expressions: a safe subset of Python's, for conditions, counts, checks and values of a model.

    parse("price * quantity * (1 - discount)").row(Row({"price": 2.5, "quantity": 4, "discount": 0.1}))  ->  9.0

limits, failures     how large things may be, and what goes wrong
values, operators    plain values and what operators make of them
functions            what may be called; `catalogue` is the list
source, reading      text -> Python's syntax tree -> ours (`tree`), of which nothing is ever run by Python
rowwise              worked out row by row: what an expression means
columnar             worked out for all rows of a batch at once, the same
scope                what names stand for
"""

from datamimic_models.expressions.columnar.texts import where_found
from datamimic_models.expressions.expression import Expression, Nulls, OnError, parse, parse_template
from datamimic_models.expressions.scope import Row, Scope

__all__ = ["Expression", "Nulls", "OnError", "Row", "Scope", "parse", "parse_template", "where_found"]
