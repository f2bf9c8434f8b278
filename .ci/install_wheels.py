"""Build a wheel of each distribution of this tree into a directory, and install them all with pip.

python .ci/install_wheels.py DIRECTORY [--newest]

Builds with what is installed here, and installs nothing else: the lock files bring what builds and what the distributions need,
or `--newest`, which installs the newest of all that is in them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lock import NEWEST, distributions, required


def main(directory: Path, *, newest: bool) -> None:
    sources = distributions()
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    if newest:
        subprocess.run([*pip, "install", "--upgrade", "--upgrade-strategy=eager", *required(NEWEST)], check=True)
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("*.whl"):
        old.unlink()
    build = [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", directory]
    subprocess.run([*build, *sources], check=True)
    wheels = sorted(directory.glob("*.whl"))
    assert len(wheels) == len(sources), f"{len(sources)} distributions, but {[wheel.name for wheel in wheels]}"
    # Same version, other content: a rebuilt wheel replaces the installed one only when forced.
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--force-reinstall", *wheels], check=True)
    subprocess.run([*pip, "check"], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), newest="--newest" in sys.argv[2:])
