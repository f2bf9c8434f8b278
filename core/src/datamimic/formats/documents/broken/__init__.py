"""Rules that hold for every message of a syntax, and how each is broken.

syntaxes   the rules of a syntax by its name
choosing   one place of many in a text
xml        elements: closed, nested, in their namespace
segments   EDIFACT, X12 and HL7 v2: headers, trailers, counts
fields     SWIFT MT: blocks and tagged fields
objects    JSON
"""
