"""mypy over the sources of the core, of every pack and of every extension.

python .ci/check_types.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    sources = [
        str(path.parents[1])
        for part in ("core", "packs/*", "extensions/*")
        for path in sorted(ROOT.glob(f"{part}/src/*/__init__.py"))
    ]
    return subprocess.run([sys.executable, "-m", "mypy", *sources], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
