"""XML text into nodes. What could reach beyond the text, declarations of types and entities, is refused; nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from attrs import define, field

from datamimic_models.model import Mistakes, Place
from datamimic_models.xml.nodes import Node, Written

LARGEST_FILE: Final = 16 << 20
DEEPEST: Final = 100
MOST_ELEMENTS: Final = 200_000


class _Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@define
class _Open:
    name: str
    attributes: dict[str, Written]
    place: Place
    children: list[Node] = field(factory=list)
    text: list[str] = field(factory=list)


def read_file(path: Path, name: str, mistakes: Mistakes) -> Node | None:
    """The root of a file, called `name` in errors; None, and a mistake, for what is no XML or cannot be read."""
    place = Place(name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            mistakes.add("models.too_large", f"the model is larger than {LARGEST_FILE >> 20} MB", place)
            return None
        return read_text(path.read_bytes(), name, mistakes)
    except OSError as error:
        hint = "paths of a model begin beside it"
        mistakes.add("models.unreadable", f"it cannot be read: {error.strerror or error}", place, hint=hint)
        return None


def read_text(content: bytes, name: str, mistakes: Mistakes) -> Node | None:
    """The root element of XML; None, and a mistake, for what is none."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    stack: list[_Open] = []
    roots: list[Node] = []
    count = 0

    def here() -> Place:
        return Place(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def begin(element: str, attributes: list[str]) -> None:
        nonlocal count
        count += 1
        if len(stack) >= DEEPEST:
            raise _Refused("models.too_deep", f"elements are nested more than {DEEPEST} deep")
        if count > MOST_ELEMENTS:
            raise _Refused("models.too_large", f"there are more than {MOST_ELEMENTS} elements")
        place = here()
        written = {key: Written(text, place) for key, text in zip(attributes[::2], attributes[1::2], strict=True)}
        stack.append(_Open(element, written, place))

    def end(_: str) -> None:
        done = stack.pop()
        node = Node(done.name, done.attributes, tuple(done.children), "".join(done.text).strip(), done.place)
        (stack[-1].children if stack else roots).append(node)

    def refuse(what: str) -> Callable[..., Any]:
        def refusing(*_: Any) -> None:
            raise _Refused("models.xml_refused", f"{what} is refused: a model is plain elements and attributes")

        return refusing

    parser.ordered_attributes = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: stack[-1].text.append(text) if stack else None
    parser.StartDoctypeDeclHandler = refuse("a declaration of a document type")
    parser.EntityDeclHandler = refuse("a declaration of an entity")
    parser.ExternalEntityRefHandler = refuse("a reference to something outside")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(content, True)
    except _Refused as error:
        mistakes.add(error.code, str(error), here())
    except expat.ExpatError as error:
        place = Place(name, error.lineno, error.offset + 1)
        mistakes.add("models.bad_xml", f"it is no XML: {expat.ErrorString(error.code)}", place)
    except (ValueError, LookupError) as error:
        # An encoding that is declared and not known.
        mistakes.add("models.bad_xml", f"it is no XML: {error}", here())
    else:
        return roots[0]
    return None
