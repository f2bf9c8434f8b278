"""CSV and JSON files."""

from datamimic_bridge.tables.files import FileUtil

__all__ = ["FileUtil"]
