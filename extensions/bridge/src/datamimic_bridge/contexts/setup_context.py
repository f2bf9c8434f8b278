"""`SetupContext`."""

from datamimic_bridge.bases.run import SetupContext

__all__ = ["SetupContext"]
