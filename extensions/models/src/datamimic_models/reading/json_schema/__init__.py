"""JSON Schema and OpenAPI: documents that say what documents are like.

references    schemas by their addresses
alternatives  which of `oneOf` and `anyOf` is taken
conjunctions  all that holds for one value, joined
scalars       numbers, texts, fixed values
keywords      a schema as a shape
reader        the tables of a document
"""

from datamimic_models.reading.json_schema.reader import read_json_schema

__all__ = ["read_json_schema"]
