"""`DatabaseClient`."""

from datamimic_bridge.bases.run import DatabaseClient

__all__ = ["DatabaseClient"]
