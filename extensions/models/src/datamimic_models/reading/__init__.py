"""Languages that say what tables are like, one reader each; every one gives a `Model`, and collects its mistakes.

shapes         what a schema or an annotation says of one value
shaped_rules   the rule that makes values of a shape
shaped_tables  an object's shape as a table
json_schema    JSON Schema and OpenAPI
classes        Pydantic, attrs, dataclasses, SQLAlchemy
"""
