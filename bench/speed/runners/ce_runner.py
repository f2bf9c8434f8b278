"""DATAMIMIC CE: what one of its services makes, as dictionaries with all their fields. The case is domain.Service."""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any

from turns import take_turns

domain, name = sys.argv[1].split(".")
with contextlib.redirect_stdout(sys.stderr):
    service = getattr(import_module(f"datamimic_ce.domains.{domain}.services"), name)(dataset="US")


def work(rows: int) -> list[dict[str, Any]]:
    with contextlib.redirect_stdout(sys.stderr):
        return [one.to_dict() for one in service.generate_batch(rows)]


take_turns(version("datamimic-ce"), work, int(sys.argv[2]))
