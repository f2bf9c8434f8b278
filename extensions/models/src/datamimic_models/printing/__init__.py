"""A model as a document of the tables language: what manifests carry, and what `dm model convert` writes.

document  plain values, the same for equal models
text      YAML and JSON of them
"""
