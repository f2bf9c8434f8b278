"""JSON objects, as FHIR has them: what is absent has no member, and nothing is empty."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.formats.documents.pieces import (
    Constant,
    Each,
    Joined,
    OnlyWith,
    Piece,
    Under,
    Value,
    escaping,
)
from datamimic.formats.documents.rendered import (
    Rendered,
    Texts,
    absent_with,
    filled,
    joined,
    kept_where,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.values import stepped
from datamimic.formats.json_text import json_text

Part = Piece | Mapping[str, Any] | Sequence[Any] | str | int | float | bool
"""What a JSON document is written of: mappings, lists, constants, values by `of`, lists of them by `each`."""


def document(part: Part) -> Piece:
    """A `part` of a JSON document, or all of it: `document({"resourceType": "Patient", "id": of("id"), "name": [{"family":
    of("family_name")}]})`. Text, numbers and truths, of columns or of the last step, are JSON's, values that are put
    `together` one text; members and items whose values are all absent are left out. In a list, `each` gives as many items as
    its own has."""
    if isinstance(part, Value):
        return _JsonValue(part)
    if isinstance(part, Each):
        return _Array((_items(part),))
    if isinstance(part, Joined) and all(isinstance(each, Constant | Value) for each in part.pieces):
        return Joined((Constant('"'), *(_in_text(each) for each in part.pieces), Constant('"')))
    if isinstance(part, OnlyWith):
        return OnlyWith(part.path, document(part.piece))
    if isinstance(part, Piece):
        return part
    if isinstance(part, Mapping):
        return _Object(tuple((name, document(value)) for name, value in part.items()))
    if isinstance(part, str) or not isinstance(part, Sequence):
        return Constant(json.dumps(part, ensure_ascii=False))
    return _Array(tuple(_items(each) if isinstance(each, Each) else document(each) for each in part))


def _items(part: Each) -> Piece:
    return Each(part.path, _of_item(part.piece), ",")


def _in_text(piece: Piece) -> Piece:
    return (
        Constant(json.dumps(piece.text, ensure_ascii=False)[1:-1])
        if isinstance(piece, Constant)
        else escaping(piece, _escaped)
    )


def _escaped(text: pa.Array) -> pa.Array:
    return pc.utf8_slice_codeunits(json_text(text), 1, -1)


def _of_item(piece: Piece) -> Piece:
    inside = piece.pieces if isinstance(piece, Joined) else (piece,)
    return document(inside[0]) if len(inside) == 1 else piece


@frozen
class _JsonValue(Piece):
    value: Value

    def render(self, scope: Scope) -> Rendered:
        column = stepped(scope.column(self.value.path), self.value.steps)
        return Rendered(kept_where(json_text(column), column))

    def parts(self) -> Sequence[Piece]:
        return (self.value,)


@frozen
class _Object(Piece):
    members: tuple[tuple[str, Piece], ...]

    def render(self, scope: Scope) -> Rendered:
        return Rendered(joined(_fragments(self, scope)))

    def parts(self) -> Sequence[Piece]:
        return [piece for _, piece in self.members]

    def named(self) -> list[tuple[str, Piece]]:
        return [(f"{json.dumps(name, ensure_ascii=False)}:", piece) for name, piece in self.members]


@frozen
class _Array(Piece):
    items: tuple[Piece, ...]

    def render(self, scope: Scope) -> Rendered:
        return Rendered(joined(_fragments(self, scope)))

    def parts(self) -> Sequence[Piece]:
        return self.items


def _fragments(piece: Piece, scope: Scope) -> list[Texts]:
    """The texts that a piece is put together from: many where it is never absent, so that what is deep within others is copied
    once; else one."""
    if isinstance(piece, _Object):
        return _enclosed("{", [(name, _fragments(each, scope)) for name, each in piece.named()], "}")
    if isinstance(piece, _Array):
        return _enclosed("[", [("", _fragments(each, scope)) for each in piece.items], "]")
    if isinstance(piece, Under):
        return _fragments(piece.piece, scope.under(piece.path))
    if isinstance(piece, Joined):
        texts = [each.render(scope).texts for each in piece.pieces]
        return [joined(texts)] if any(map(_may_be_absent, texts)) else texts
    return [piece.render(scope).texts]


def _enclosed(opening: str, parts: Sequence[tuple[str, list[Texts]]], closing: str) -> list[Texts]:
    """The parts that are there, each behind its name, with commas between; absent where no value is."""
    if all(isinstance(text, str) for _, texts in parts for text in texts):
        return [f"{opening}{','.join(name + ''.join(texts) for name, texts in parts)}{closing}"]
    here = [not _may_be_absent(texts[0]) for _, texts in parts]
    if not any(there and not all(isinstance(text, str) for text in parts[k][1]) for k, there in enumerate(here)):
        # Not null_handling="skip": of one column it drops the rows that are null.
        every = [text for _, texts in parts for text in texts]
        behind = joined([filled(joined([",", name, *texts])) for name, texts in parts])
        return [absent_with(joined([opening, pc.utf8_slice_codeunits(behind, 1), closing]), every)]
    first = here.index(True)
    found: list[Texts] = [opening]
    for place, (name, texts) in enumerate(parts):
        if here[place]:
            found += [name, *texts] if place == first else [",", name, *texts]
        elif place < first:
            found.append(filled(joined([name, *texts, ","])))
        else:
            found.append(filled(joined([",", name, *texts])))
    return [*found, closing]


def _may_be_absent(texts: Texts) -> bool:
    return not isinstance(texts, str) and texts.null_count > 0


def is_object(piece: Piece) -> bool:
    return isinstance(piece, _Object | _Array)
