"""What the columns of a table mean, found out from names, types, comments and neighbours.

words        names split into words, in seven languages
catalogue    the meanings of the installed packs, by name
candidates   what a name can mean
bounds       what checks say of one column
fits         whether values of a meaning can be values of a column
recognised   what columns were taken for, and why
grouping     columns that belong to one row of one entity
recognising  `recognise`: all of it together
"""

from datamimic_models.meanings.recognised import Recognised, Recognition, Subject
from datamimic_models.meanings.recognising import recognise

__all__ = ["Recognised", "Recognition", "Subject", "recognise"]
