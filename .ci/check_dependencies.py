"""deptry over each distribution: it declares what it imports, and imports what it declares.

python .ci/check_dependencies.py
"""

from __future__ import annotations

import subprocess
import sys

from lock import ROOT, distributions


def main() -> int:
    failed = []
    for folder in distributions():
        command = [
            sys.executable,
            "-m",
            "deptry",
            "--no-ansi",
            "src",
        ]  # its settings are those of the folder's pyproject.toml
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            failed.append(folder)
            print(f"{folder.relative_to(ROOT)}\n{done.stdout}{done.stderr}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
