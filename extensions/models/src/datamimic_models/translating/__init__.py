"""Models of the XML language as tables: one way, for those that say what tables can say.

refusals      what has no equal in tables
value_types   types of columns
drafts        tables while they are put together
meanings, scopes, scripts   what names of scripts lead to, and scripts as expressions
samples       a few records, which tell of what type a script's values are
context       what the parts share
sources, entities, generators, converters, kinds, values   where values come from, and what they go through
kept          generates that tables cannot say, as rows that exist
nesting       records and lists in records
statements, generates, setups   what stands in a generate, generates, a whole model
"""

from datamimic_models.translating.setups import read_xml, read_xml_keeping

__all__ = ["read_xml", "read_xml_keeping"]
