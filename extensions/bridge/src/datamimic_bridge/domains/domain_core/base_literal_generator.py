"""`BaseLiteralGenerator`."""

from datamimic_bridge.bases.literal_generator import BaseLiteralGenerator

__all__ = ["BaseLiteralGenerator"]
