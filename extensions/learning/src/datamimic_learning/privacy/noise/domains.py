"""What is known of columns without their rows: values that there may be, ends of numbers, keys."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from datamimic import DatamimicError

KEY = "key"


@frozen
class Domain:
    """One of three: the `values` of a column as text, the `bounds` of its numbers (dates are days or moments as ISO text
    say), or that it is a `key`, whose values name rows and nothing else."""

    values: tuple[str, ...] | None = None
    bounds: tuple[float, float] | None = None
    key: bool = False


def read_domains(path: Path) -> dict[str, Domain]:
    """A YAML file of columns: `city: [Bonn, Essen]`, `age: {from: 0, to: 120}`, `id: key`.

    They must not be taken from the rows. Raises `DatamimicError` (`learning.bad_domains`).
    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise DatamimicError("learning.bad_domains", f"{path} is no YAML that can be read", file=str(path)) from None
    if not isinstance(said, Mapping):
        raise DatamimicError(
            "learning.bad_domains", f"{path} holds no columns", hint="age: {from: 0, to: 120}", file=str(path)
        )
    return {str(column): domain_of(str(column), what) for column, what in said.items()}


def domain_of(column: str, said: Any) -> Domain:
    """Raises `DatamimicError` (`learning.bad_domains`)."""
    if said == KEY:
        return Domain(key=True)
    if isinstance(said, list) and said and all(isinstance(each, str | int | float | bool) for each in said):
        values = tuple(_text(each) for each in said)
        if len(set(values)) == len(values):
            return Domain(values=values)
    if isinstance(said, Mapping) and set(said) == {"from", "to"}:
        low, high = said["from"], said["to"]
        if all(isinstance(each, int | float) and math.isfinite(each) for each in (low, high)) and low < high:
            return Domain(bounds=(float(low), float(high)))
    raise DatamimicError(
        "learning.bad_domains",
        f"what there may be in {column} is not said",
        hint="a list of different values, {from: 0, to: 120}, or key",
    )


def _text(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
