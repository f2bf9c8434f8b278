"""What a setup names: properties, state machines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from datamimic import Generator, World
from datamimic_models.model import Place
from datamimic_models.xml.calls import Call
from datamimic_models.xml.generators import generator_class
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Same, Value

_LINE: Final = re.compile(r"\s*([^=:\s]+)\s*[=:]\s*(.*?)\s*")
_NUMBER: Final = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")


def read_properties(path: Path, place: Place) -> dict[str, Value]:
    """`name=value` lines; numbers are numbers. Raises `DatamimicError` (`models.bad_source`)."""
    found: dict[str, Value] = {}
    for name, text in property_lines(path, place).items():
        number = _NUMBER.fullmatch(text)
        found[name] = Same(text if number is None else float(text) if number[1] else int(text), 1)
    return found


def property_lines(path: Path, place: Place) -> dict[str, str]:
    """The lines of a file of properties."""
    found: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise failed("models.bad_source", f"{path.name} cannot be read: {error}", place) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith(("#", "!")):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise failed("models.bad_source", f"line {number} is no name=value", Place(path.name, number))
        found[match[1]] = match[2]
    return found


def walk_of(node: Node, setting: Setting) -> tuple[Generator[Any], World]:
    """The generator of a state machine."""
    transitions: dict[str, dict[str, float]] = {}
    for child in node.children:
        weight = float(child.get("weight", "1"))
        transitions.setdefault(child.get("from"), {})[child.get("to")] = weight
    cls = generator_class(Call("StateTransitionGenerator", (), {}), node.place, setting)
    made = cls(transitions, start=node.get("start"), seed=setting.seed)
    return made, World(setting.seed, None, setting.clock, packs=setting.packs)
