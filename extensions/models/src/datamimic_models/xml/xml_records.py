"""Records of an XML document: attributes are `@name`, text beside them `#text`, elements that come again a list."""

from __future__ import annotations

from typing import Any

from datamimic_models.model import Mistakes
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.reading import read_text


def records_of_xml(content: bytes, *, flat: bool = False) -> list[Any]:
    """The items of a `<list>`; any other document is one record, whose field is called like its root. `flat`: every element
    below the root is a record. Raises ValueError."""
    mistakes = Mistakes()
    root = read_text(content, "source", mistakes)
    if root is None:
        raise ValueError(mistakes.found[0].message)
    if flat or (root.name == "list" and {child.name for child in root.children} == {"item"}):
        return [_value(child) or {} for child in root.children]
    return [{root.name: _value(root)}]


def _value(node: Node) -> Any:
    made: dict[str, Any] = {f"@{name}": written.text for name, written in node.attributes.items()}
    for child in node.children:
        value = _value(child)
        if child.name not in made:
            made[child.name] = value
        elif isinstance(made[child.name], list):
            made[child.name].append(value)
        else:
            made[child.name] = [made[child.name], value]
    if not made:
        return node.text or None
    if node.text:
        made["#text"] = node.text
    return made
