"""An expression worked out row by row: the form that says what an expression means.

frame       one row being worked out, its variables, draws and steps
operations, parts, calls, building    a function of a frame for every kind of node
form        the tree as one function
"""

from datamimic_models.expressions.rowwise.calls import method_of
from datamimic_models.expressions.rowwise.form import row_form
from datamimic_models.expressions.rowwise.frame import DECIMALS, RowOfNames
from datamimic_models.expressions.rowwise.operations import in_sql
from datamimic_models.expressions.rowwise.parts import attribute

__all__ = ["DECIMALS", "RowOfNames", "attribute", "in_sql", "method_of", "row_form"]
