"""Try all attacks, and tell which are answered wrongly, which take over 10 s and which over 500 MB.

    python tests/fuzz/measure.py [KIND [COUNT [FIRST]]]

Exits with status 1 when there is one. The tests try the first of each kind, and look at no clock.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from attacks import ATTACKS, Attack

SECONDS, MEGABYTES, GIVEN_UP = 10.0, 500.0, 60
SOONER = {"models": 5.0}
"""Kinds that have less time."""


class TooLong(BaseException):
    """It would go on."""


def give_up(signum: int, frame: FrameType | None) -> None:
    raise TooLong


def peak() -> float:
    """The most memory this process had at once, in MB, since it was asked before."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    most = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return most


def measured(attack: Attack, number: int, folder: Path) -> tuple[str | None, float, float]:
    """What is wrong, the seconds of the processor, and the memory in MB beyond what there was before."""
    peak()
    before, began = peak(), time.process_time()
    signal.alarm(GIVEN_UP)
    try:
        found = attack(number, folder)
    except TooLong:
        found = f"given up after {GIVEN_UP} s"
    finally:
        signal.alarm(0)
    return found, time.process_time() - began, peak() - before


def main(kinds: list[str], count: int | None, first: int) -> int:
    signal.signal(signal.SIGALRM, give_up)
    faults = 0
    with tempfile.TemporaryDirectory() as place:
        for kind in kinds:
            attack, all_of_them = ATTACKS[kind]
            slowest = largest = 0.0
            wanted = all_of_them if count is None else count
            for number in range(first, first + wanted):
                found, seconds, memory = measured(attack, number, Path(place))
                slowest, largest = max(slowest, seconds), max(largest, memory)
                if found is None and seconds > SOONER.get(kind, SECONDS):
                    found = f"{seconds:.1f} s"
                if found is None and memory > MEGABYTES:
                    found = f"{memory:.0f} MB"
                if found is not None:
                    faults += 1
                    print(f"{kind} {number}: {found}".encode("utf-8", "backslashreplace").decode(), flush=True)
            print(f"{wanted} {kind}: the slowest {slowest:.1f} s, the largest {largest:.0f} MB", flush=True)
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    os.environ.pop("DATAMIMIC_TRACEBACK", None)
    chosen = sys.argv[1:]
    sys.exit(
        main(
            chosen[:1] if chosen and chosen[0] != "all" else list(ATTACKS),
            int(chosen[1]) if len(chosen) > 1 else None,
            int(chosen[2]) if len(chosen) > 2 else 0,
        )
    )
