"""`Context`."""

from datamimic_bridge.bases.run import Context

__all__ = ["Context"]
