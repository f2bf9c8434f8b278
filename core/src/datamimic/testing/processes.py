"""The digests of rows as another process makes them: `python -m datamimic.testing.processes`, a JSON list on stdin.

The list holds `[entity, country, rows]`; printed is the list of digests.
"""

from __future__ import annotations

import json
import sys

from datamimic.output.digest import rows_digest
from datamimic.plugins.registry import installed_packs
from datamimic.testing.subject import Subject


def main() -> None:
    packs = installed_packs()
    wanted = json.load(sys.stdin)
    print(json.dumps([rows_digest(Subject(packs, *one).rows) for one in wanted]))


if __name__ == "__main__":
    main()
