"""Ours: the rows of a model's table to Arrow."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from turns import take_turns

from datamimic_models import Model

case, count = sys.argv[1], int(sys.argv[2])
table = Model.load(Path(__file__).parent / f"{case}.yaml").world(seed="bench")[f"{case}.customers"]


def arrow(rows: int) -> None:
    table[0:rows].to_arrow()


take_turns(version("datamimic-models"), arrow, count)
