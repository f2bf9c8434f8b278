"""How many rows of each country and entity the checks of the packs are run over: 4,000; by `tox -e thorough` 100,000."""

from __future__ import annotations

import os

CHECKED = int(os.environ.get("DATAMIMIC_TEST_ROWS", "4000"))
