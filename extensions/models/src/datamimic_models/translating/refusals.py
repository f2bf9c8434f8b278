"""What has no equal in tables: told once per element, with its place and the reason."""

from __future__ import annotations

from datamimic_models.model import Mistakes, Place
from datamimic_models.xml.nodes import Node

CODE = "models.not_tables"


class Refusal(Exception):
    """Raised while an element is translated; `at` is the place of what is in the way."""

    def __init__(self, reason: str, at: Place | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def told(node: Node) -> str:
    """An element as messages name it."""
    name = node.get("name") or node.get("id") or node.get("uri")
    return (
        f"<{node.name} {'name' if node.has('name') else 'id' if node.has('id') else 'uri'}={name!r}>"
        if name
        else f"<{node.name}>"
    )


def refuse(node: Node, refusal: Refusal, mistakes: Mistakes) -> None:
    """Add the refusal of an element."""
    place = refusal.at or node.place
    hint = f"`dm run {place.file}` makes the records of the model as it is; `dm model convert --output` keeps them"
    mistakes.add(CODE, f"{told(node)} has no equal in tables: {refusal.reason}", place, hint=hint)


def leave_out(node: Node, what: str, mistakes: Mistakes) -> None:
    """Tell what changes no row and is left out."""
    mistakes.warn("models.left_out", f"{told(node)} is left out: {what}", node.place)
