"""`BaseEntity`."""

from datamimic_bridge.bases.entity import BaseEntity

__all__ = ["BaseEntity"]
