"""Documents: what systems send each other, one a row, in the syntax of the trade; made a column at a time.

scope      the rows that a document is made of, and how its parts reach columns, records and lists of them
pieces     what documents are put together from: constants, values, lists
values     columns as the text that a standard wants: days, moments, amounts, codes, character sets
xml        elements and attributes
segments   segments of elements and components: EDIFACT, HL7 v2, X12
fields     tagged fields in blocks: SWIFT MT
objects    JSON objects, as FHIR has them
"""
