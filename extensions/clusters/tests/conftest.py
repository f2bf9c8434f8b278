"""What the tests of clusters share: rows of an installed pack, since executors and workers can name only those."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datamimic import World, installed_packs

BLOCK_ROWS = 16_384


@pytest.fixture
def people() -> Any:
    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    return World("parts")["common.person"][0 : 6 * BLOCK_ROWS].select(["person_id", "full_name", "age"])


@pytest.fixture
def files() -> Callable[[Path], dict[str, str]]:
    """Function: name -> SHA-256 of the files of a folder."""
    return lambda folder: {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())
    }
