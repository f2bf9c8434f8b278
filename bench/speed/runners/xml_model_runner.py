"""Ours: a model of the XML language, in a folder of copies by how many times its counts are multiplied."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from turns import processor_seconds, take_turns

from datamimic_models.xml import run_to_folder

model = Path(sys.argv[1])


def work(times: int) -> None:
    path = model.parent / str(times) / model.name
    with TemporaryDirectory() as folder, open(os.devnull, "w", encoding="utf-8") as nowhere:
        run_to_folder(path, Path(folder) / "output", say=lambda line: print(line, file=nowhere))


take_turns(version("datamimic-models"), work, int(sys.argv[2]), warm=1, now=processor_seconds)
