"""DATAMIMIC CE: a model of the XML language, in a folder of copies by how many times its counts are multiplied."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

from turns import processor_seconds, take_turns

model = Path(sys.argv[1])
with contextlib.redirect_stdout(sys.stderr):
    from datamimic_ce.datamimic import DataMimic


def work(times: int) -> None:
    path = model.parent / str(times) / model.name
    os.chdir(path.parent)
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        DataMimic(path).parse_and_execute()


if __name__ == "__main__":
    take_turns(version("datamimic-ce"), work, int(sys.argv[2]), warm=1, now=processor_seconds)
