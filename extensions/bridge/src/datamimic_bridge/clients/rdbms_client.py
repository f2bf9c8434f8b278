"""`RdbmsClient`."""

from datamimic_bridge.bases.run import RdbmsClient

__all__ = ["RdbmsClient"]
