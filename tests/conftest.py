"""What the tests of installed distributions share."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def installed_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Constraints for pip: what it fetches for a clean environment has the versions that these tests themselves run with."""
    path = tmp_path_factory.mktemp("constraints") / "installed.txt"
    lines = {
        f"{each.name}=={each.version}\n"
        for each in metadata.distributions()
        if re.fullmatch(r"[\w.-]+", each.name or "") and not each.name.startswith("datamimic")
    }
    path.write_text("".join(sorted(lines)), encoding="utf-8")
    return path
