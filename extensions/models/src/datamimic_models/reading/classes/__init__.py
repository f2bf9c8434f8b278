"""Python classes that say what rows are like. None of the packages that they come from is imported here.

limits       what stands beside an annotation: `ge`, `max_length`, `pattern`, validators
named_types  types that are known by their names
annotations  an annotation as a shape
members      the fields of a class
reader       classes as a model
"""

from datamimic_models.reading.classes.reader import read_classes

__all__ = ["read_classes"]
