"""Models as texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datamimic_models.xml import run_model

Records = dict[str, list[dict[str, Any]]]
Run = Callable[..., Records]


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., Path]:
    """Writes a model (what stands in its setup), and the files beside it."""

    def write(inner: str, setup: str = "", **files: str) -> Path:
        folder = tmp_path / "model"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        path = folder / "model.xml"
        path.write_text(f"<setup {setup}>{inner}</setup>", encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(model: Callable[..., Path]) -> Run:
    """Runs a model given as text."""

    def running(inner: str, setup: str = "", *, trust: bool = False, page: int = 16_384, **files: str) -> Records:
        return run_model(model(inner, setup, **files), trust=trust, page=page)

    return running


@pytest.fixture
def shared() -> Path:
    """The folder of models that nobody here wrote; skips where it does not lie beside the checkout."""
    for parent in Path(__file__).parents:
        if (parent / "shared/corpora/xml").is_dir():
            return parent / "shared/corpora/xml"
    pytest.skip("the shared folder is not beside the checkout")
