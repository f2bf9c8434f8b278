"""Python classes that say what rows are like. Pydantic is not imported, SQLAlchemy where its classes are given.

limits       what stands beside an annotation: `ge`, `max_length`, `pattern`, validators
named_types  types that are known by their names
annotations  an annotation as a shape
members      the fields of a class
reader       classes as a model
sqlalchemy_… types, tables and metadata of SQLAlchemy as a model, by way of the SQL schema that they stand for
loading      what `module:Class` names
"""

from datamimic_models.reading.classes.reader import read_classes

__all__ = ["read_classes"]
