"""The rules of a syntax by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from datamimic.formats.documents.broken import fields, objects, segments, xml
from datamimic.formats.documents.negatives import Negative
from datamimic.formats.documents.syntax import Syntax


def negatives_of(syntax: Syntax, mandatory: Sequence[str], longest: Mapping[str, int]) -> list[Negative]:
    """What breaks a message of the syntax; nothing for one that is not known."""
    if syntax == "xml":
        return xml.negatives(mandatory, longest)
    if syntax == "json":
        return objects.negatives(mandatory, longest)
    if syntax == "fin":
        return fields.negatives(mandatory, longest)
    return segments.negatives(syntax, mandatory, longest) if syntax else []
