"""What somebody says of tables of their own, whatever the language: one `Model`, whose every part knows where it was written.

places    file, line and column of a part
mistakes  what is wrong with a model, all of it, with places
rule      how values are to be made
types     what a column holds
tables    columns, keys, counts and checks of one table
model     the tables together
"""

from datamimic_models.model.mistakes import BadModel, Mistake, Mistakes
from datamimic_models.model.model import Model
from datamimic_models.model.places import NOWHERE, Place
from datamimic_models.model.rule import Rule
from datamimic_models.model.tables import Check, Column, Condition, ConditionalRule, ForeignKey, RowCount, Table, Unique
from datamimic_models.model.types import ColumnType

__all__ = [
    "NOWHERE",
    "BadModel",
    "Check",
    "Column",
    "ColumnType",
    "Condition",
    "ConditionalRule",
    "ForeignKey",
    "Mistake",
    "Mistakes",
    "Model",
    "Place",
    "RowCount",
    "Rule",
    "Table",
    "Unique",
]
