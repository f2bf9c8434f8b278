"""Records of an XML document: attributes are `@name`, text beside them `#text`, elements that come again a list."""

from __future__ import annotations

from typing import Any

from datamimic_models.model import Mistakes
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.reading import read_text


def records_of_xml(content: bytes, *, flat: bool = False) -> list[Any]:
    """The elements below the root, or, where they are `<item>` or `<row>` alike, what they hold; a root that holds a single
    record is one. `flat`: every element below the root is a record. Raises ValueError."""
    mistakes = Mistakes()
    root = read_text(content, "source", mistakes)
    if root is None:
        raise ValueError(mistakes.found[0].message)
    names = {child.name for child in root.children}
    if flat or (len(names) == 1 and (len(root.children) > 1 or names <= {"item", "row", "record"})):
        return [_value(child) or {} for child in root.children]
    made = _value(root)
    return [made if isinstance(made, dict) else {root.name: made}]


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
