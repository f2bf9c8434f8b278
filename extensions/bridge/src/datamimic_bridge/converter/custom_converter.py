"""`CustomConverter`."""

from datamimic_bridge.bases.converter import CustomConverter

__all__ = ["CustomConverter"]
