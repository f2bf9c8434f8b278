"""Models to begin with, one for each industry: complete, and runnable as they are."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

SUFFIX = ".yaml"


def templates() -> Mapping[str, str]:
    """What each template is of, by its name."""
    found = sorted(each.name.removesuffix(SUFFIX) for each in files(__name__).iterdir() if each.name.endswith(SUFFIX))
    return {name: template_text(name).partition("\n")[0].removeprefix("# ") for name in found}


def template_text(name: str) -> str:
    """The text of a template. Raises `FileNotFoundError`."""
    return files(__name__).joinpath(name + SUFFIX).read_text(encoding="utf-8")
