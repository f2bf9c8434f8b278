"""DATAMIMIC CE: persons of its service with their addresses."""

from __future__ import annotations

import contextlib
import sys
from importlib.metadata import version
from typing import Any

from turns import take_turns

with contextlib.redirect_stdout(sys.stderr):
    from datamimic_ce.domains.common.services import PersonService

    service = PersonService(dataset="US")


def work(rows: int) -> list[dict[str, Any]]:
    with contextlib.redirect_stdout(sys.stderr):
        made = service.generate_batch(rows)
        return [{**one.to_dict(), "city": one.address.city, "postal_code": one.address.postal_code} for one in made]


take_turns(version("datamimic-ce"), work, int(sys.argv[2]))
