"""A few records of a model, made row by row, which tell of what types its values are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from datamimic import DatamimicError
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.outputs import Outputs
from datamimic_models.xml.running import Runner
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.values import Listed, Value

FEW: Final = 40
"""Records of every generate at the top."""


class Samples:
    """Made when they are first asked for."""

    def __init__(self, setting: Setting, file: Path) -> None:
        self.setting = setting
        self.file = file
        self._outputs: Outputs | None = None
        self._failed: DatamimicError | None = None

    def values(self, product: str, path: Sequence[str]) -> list[Any]:
        """The values of a field or variable of the product, or of one in the records in it. Raises `DatamimicError` where the
        model does not run."""
        if self._failed is not None:
            raise self._failed
        if self._outputs is None:
            self._outputs = Outputs(self.setting, None, captures=True, dry=True)
            try:
                Runner(self.setting, self._outputs).run(self.file)
            except DatamimicError as error:
                self._failed = error
                raise
        made = self._outputs.products.get(product, [])
        pages: list[Frame] = list(made[0].pages or []) if made else []
        return [with_member_names(value) for page in pages for value in _values(page, path)]


def _values(value: Value | None, path: Sequence[str]) -> list[Any]:
    for name in path:
        if isinstance(value, Listed):
            value = value.items
        if value is None:
            return []
        value = _part(value, name)
    return [] if value is None else value.objects()


def _part(value: Value, name: str) -> Value | None:
    """The field of that name, else the attribute or the text of the XML element."""
    for each in (name, f"@{name}", f"#{name}"):
        found = value.get(each) if isinstance(value, Frame) else value.member(each)
        if found is not None:
            return found
    return None


def with_member_names(value: Any) -> Any:
    """A plain value whose records have names that members can have: `@no` and `#text` without their marks."""
    if isinstance(value, dict):
        names = {name: str(name).lstrip("@#") for name in value}
        if len({*names.values()}) < len(names):
            names = {name: name for name in value}
        return {names[name]: with_member_names(each) for name, each in value.items()}
    return [with_member_names(each) for each in value] if isinstance(value, list) else value
