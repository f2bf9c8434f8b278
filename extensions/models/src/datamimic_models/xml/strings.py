"""Texts with variables in them, as `find: __name__`."""

from __future__ import annotations

from datamimic import Text
from datamimic_models.model import Place
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import evaluate
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Plain, Same, Value


def string_values(node: Node, frame: Frame, setting: Setting, path: str) -> Value:
    """The `string` of an element with the variables of the record in it."""
    return with_variables(node.get("string"), node, frame, setting, node.at("string"), path)


def with_variables(text: str, node: Node, frame: Frame, setting: Setting, place: Place, path: str) -> Value:
    """A text with what stands between prefix and suffix worked out, for every record."""
    prefix, suffix = marks_of(node, setting)
    parts = variables(text, prefix, suffix)
    if not any(isinstance(part, tuple) for part in parts):
        return Same(text, len(frame))
    columns = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            columns.append([part] * len(frame))
        else:
            if not part[0].strip():
                raise failed("models.bad_value", f"there is no name between {prefix} and {suffix}", place)
            value = evaluate(part[0], frame, setting, place, f"{path} {number}")
            columns.append(
                ["" if each is None else each if isinstance(each, str) else str(each) for each in value.objects()]
            )
    return Plain(Text.of(["".join(row) for row in zip(*columns, strict=True)]))


def marks_of(node: Node, setting: Setting) -> tuple[str, str]:
    """What stands before a variable, and behind it."""
    prefix = node.get("variablePrefix") or setting.defaults.prefix
    return prefix, node.get("variableSuffix") or setting.defaults.suffix


def variables(text: str, prefix: str, suffix: str) -> list[str | tuple[str]]:
    """Text, and names as one-tuples, in order."""
    found: list[str | tuple[str]] = []
    start = 0
    while True:
        opened = text.find(prefix, start)
        closed = text.find(suffix, opened + len(prefix)) if opened >= 0 else -1
        # A name that begins with a part of the prefix, as in ___name___, begins behind it.
        if closed < 0:
            break
        if text[start:opened]:
            found.append(text[start:opened])
        found.append((text[opened + len(prefix) : closed],))
        start = closed + len(suffix)
    if text[start:]:
        found.append(text[start:])
    return found
