"""Paths of a model: they stay inside its folder, links followed, unless it is trusted."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.model import Place


@frozen
class Folder:
    """`root` is the folder of the model that was asked for. `trusted` lets paths lead out of it."""

    root: Path
    trusted: bool = False

    def find(self, text: str, place: Place, beside: Path | None = None) -> Path:
        """The file that a path means: beside the file that names it, else beside the model.

        Raises `DatamimicError`: `models.outside` for what lies outside, `models.no_file` for what is not there.
        """
        if not text.strip() or "\0" in text:
            raise self._error("models.no_file", f"{excerpt(text)} is no path", place, None)
        candidates = [folder / text for folder in (beside, self.root) if folder is not None]
        root = self.root.resolve()
        for path in candidates:
            try:
                real = path.resolve()
                there = real.is_file()
            except (OSError, RuntimeError):
                continue
            if not self.trusted and not real.is_relative_to(root):
                message = f"{excerpt(text)} leads out of the folder of the model"
                raise self._error("models.outside", message, place, "--trust lets a model read other folders")
            if there:
                return real
        raise self._error("models.no_file", f"there is no file {excerpt(text)}", place, "paths begin beside the model")

    def trust(self, what: str, place: Place) -> None:
        """Raises `DatamimicError` (`models.not_trusted`) unless the model is trusted."""
        if not self.trusted:
            raise self._error(
                "models.not_trusted",
                f"{what} runs code of the model",
                place,
                "run it with --trust if you trust its author",
            )

    @staticmethod
    def _error(code: str, message: str, place: Place, hint: str | None) -> DatamimicError:
        return DatamimicError(code, message, hint=hint, file=place.file, line=place.line)
