"""The setup of a file, read and checked against the vocabulary."""

from __future__ import annotations

from pathlib import Path

from datamimic_models.model import Mistakes
from datamimic_models.xml.checking import checked
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.reading import read_file


def read_setup(path: Path, root: Path) -> Node:
    """The setup of a file below `root`. Raises `BadModel` with every mistake."""
    mistakes = Mistakes()
    made = read_tree(path, root, mistakes)
    mistakes.refuse()
    assert made is not None
    return made


def read_tree(path: Path, root: Path, mistakes: Mistakes) -> Node | None:
    """The setup of a file, without what is wrong in it; None for what is no XML."""
    whole = root.resolve()
    name = path.relative_to(whole).as_posix() if path.is_relative_to(whole) else str(path)
    node = read_file(path, name, mistakes)
    return None if node is None else checked(node, mistakes)
