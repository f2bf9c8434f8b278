"""The log of models."""

import logging

logger = logging.getLogger("datamimic.models")

__all__ = ["logger"]
