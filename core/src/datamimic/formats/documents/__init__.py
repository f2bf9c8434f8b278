"""Documents: what systems send each other, one a row, in the syntax of the trade; made a column at a time.

scope      the rows that a document is made of, and how its parts reach columns, records and lists of them
pieces     what documents are put together from: constants, values, lists
chronology what there is of several kinds, in order of time
values     columns as the text that a standard wants: days, moments, amounts, codes, character sets
xml        elements and attributes
segments   segments of elements and components: EDIFACT, HL7 v2, X12
fields     tagged fields in blocks: SWIFT MT
bitmaps    fields that a bitmap tells: ISO 8583
objects    JSON objects, as FHIR has them
message    rows of an entity as documents, in one file
kept       rules that a text keeps

The names below are public, for packs and extensions too; they are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic.formats.documents.bitmaps import Bitmaps as Bitmaps
    from datamimic.formats.documents.broken.choosing import instead as instead
    from datamimic.formats.documents.chronology import in_order as in_order
    from datamimic.formats.documents.fields import block as block
    from datamimic.formats.documents.fields import lines as lines
    from datamimic.formats.documents.fields import tagged as tagged
    from datamimic.formats.documents.fields import text_block as text_block
    from datamimic.formats.documents.kept.rule import Rule as Rule
    from datamimic.formats.documents.message import Message as Message
    from datamimic.formats.documents.negatives import Negative as Negative
    from datamimic.formats.documents.objects import document as document
    from datamimic.formats.documents.pieces import Piece as Piece
    from datamimic.formats.documents.pieces import around as around
    from datamimic.formats.documents.pieces import each as each
    from datamimic.formats.documents.pieces import of as of
    from datamimic.formats.documents.pieces import only_with as only_with
    from datamimic.formats.documents.pieces import together as together
    from datamimic.formats.documents.pieces import under as under
    from datamimic.formats.documents.segments import EDIFACT as EDIFACT
    from datamimic.formats.documents.segments import HL7 as HL7
    from datamimic.formats.documents.segments import X12 as X12
    from datamimic.formats.documents.segments import Segments as Segments
    from datamimic.formats.documents.values import comma as comma
    from datamimic.formats.documents.values import compact as compact
    from datamimic.formats.documents.values import latin as latin
    from datamimic.formats.documents.values import named as named
    from datamimic.formats.documents.values import part as part
    from datamimic.formats.documents.values import upper as upper
    from datamimic.formats.documents.xml import DECLARATION as DECLARATION
    from datamimic.formats.documents.xml import element as element

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Bitmaps": ".bitmaps",
        "DECLARATION": ".xml",
        "EDIFACT": ".segments",
        "HL7": ".segments",
        "Message": ".message",
        "Negative": ".negatives",
        "Piece": ".pieces",
        "Rule": ".kept.rule",
        "Segments": ".segments",
        "X12": ".segments",
        "around": ".pieces",
        "block": ".fields",
        "comma": ".values",
        "compact": ".values",
        "document": ".objects",
        "each": ".pieces",
        "element": ".xml",
        "only_with": ".pieces",
        "in_order": ".chronology",
        "instead": ".broken.choosing",
        "latin": ".values",
        "lines": ".fields",
        "named": ".values",
        "of": ".pieces",
        "part": ".values",
        "tagged": ".fields",
        "text_block": ".fields",
        "together": ".pieces",
        "under": ".pieces",
        "upper": ".values",
    },
)
