"""`Converter`."""

from datamimic_bridge.bases.converter import Converter

__all__ = ["Converter"]
