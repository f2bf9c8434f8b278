"""What the environment says, read once and checked: nothing else of the platform reads the environment."""

from datamimic_platform.settings.settings import Settings, read_settings

__all__ = ["Settings", "read_settings"]
