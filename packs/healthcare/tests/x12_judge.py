"""What judges interchanges of X12: pyx12 with its maps of the guides."""

from __future__ import annotations

import io
import logging
import tempfile
from pathlib import Path

import pyx12.error_handler
import pyx12.errors
import pyx12.params
import pyx12.x12n_document


def faults(interchange: str) -> list[str]:
    """What pyx12 writes of an interchange that it does not accept; nothing where it does."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logger = logging.getLogger("pyx12")
    logger.addHandler(handler)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path, answer = Path(folder) / "in.x12", io.StringIO()
            path.write_text(interchange, encoding="ascii")
            accepted = pyx12.x12n_document.x12n_document(pyx12.params.params(), str(path), answer, None)
    finally:
        logger.removeHandler(handler)
    return [] if accepted else [each for each in told.getvalue().splitlines() if each] or [answer.getvalue()]


def refused(interchange: str) -> bool:
    """Does pyx12 not accept it, or give up on what is no interchange at all?"""
    try:
        return bool(faults(interchange))
    except (AttributeError, pyx12.errors.X12Error):
        return True
