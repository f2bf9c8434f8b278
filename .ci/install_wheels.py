"""Build a wheel of the core and of each pack of this tree into a directory, and install them all with pip.

python .ci/install_wheels.py DIRECTORY
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main(directory: Path) -> None:
    sources = [ROOT / "core", *(path.parent for path in sorted(ROOT.glob("packs/*/pyproject.toml")))]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("*.whl"):
        old.unlink()
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", directory, *sources], check=True)
    wheels = sorted(directory.glob("*.whl"))
    assert len(wheels) == len(sources), f"{len(sources)} distributions, but {[wheel.name for wheel in wheels]}"
    subprocess.run([*pip, "install", *wheels], check=True)
    # Same version, other content: a rebuilt wheel replaces the installed one only when forced.
    subprocess.run([*pip, "install", "--no-deps", "--force-reinstall", *wheels], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
