"""mypy over the sources of the core and of every pack.

python .ci/check_types.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    sources = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("core/src")) + sorted(ROOT.glob("packs/*/src"))]
    return subprocess.run([sys.executable, "-m", "mypy", *sources], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
