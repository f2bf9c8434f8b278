"""Countries that tables are there for."""

from datamimic_bridge.tables.countries import compute_supported_datasets

__all__ = ["compute_supported_datasets"]
