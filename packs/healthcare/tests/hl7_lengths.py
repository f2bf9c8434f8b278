"""How long the values of HL7 version 2.5.1 may be: the definitions of the npm package hl7-dictionary (MIT)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from fhir_oracles import package


@cache
def _definitions(name: str) -> Any:
    """`segments` or `fields` (data types): a script that assigns one object."""
    text = (package("hl7") / "lib" / "2.5.1" / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("{") : text.rindex("}") + 1])


def too_long(name: str, place: int, value: str) -> Iterator[str]:
    """What of the value of a field is longer than it may be, as a whole and in its parts."""
    yield from _beyond(f"{name}-{place}", value, _definitions("segments")[name]["fields"][place - 1], "^")


def _beyond(path: str, value: str, definition: Any, separator: str) -> Iterator[str]:
    if definition["len"] and len(value) > definition["len"]:
        yield f"{path} has {len(value)} of {definition['len']} characters: {value}"
    parts = _definitions("fields").get(definition["datatype"], {}).get("subfields", ()) if separator else ()
    for place, (part, inner) in enumerate(zip(value.split(separator or "\0"), parts, strict=False), 1):
        yield from _beyond(f"{path}.{place}", part, inner, "&" if separator == "^" else "")
