"""Countries that tables are there for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from datamimic_bridge.tables.paths import tables_beside


def compute_supported_datasets(patterns: Iterable[str], *, start: Path | None = None) -> set[str]:
    """ISO codes of the countries that have every file: `["ecommerce/product_categories_{CC}.csv", …]`. A name without `{CC}`
    stands for `name_{CC}`."""
    found = [_countries(PurePosixPath(pattern), start) for pattern in patterns]
    return set.intersection(*found) if found else set()


def _countries(pattern: PurePosixPath, start: Path | None) -> set[str]:
    name = pattern.name if "{CC}" in pattern.name else f"{pattern.stem}_{{CC}}{pattern.suffix}"
    fits = re.compile(re.escape(name).replace(re.escape("{CC}"), "([A-Z]{2})"))
    return {made[1] for file in tables_beside(pattern.parts[:-1], start) if (made := fits.fullmatch(file))}
