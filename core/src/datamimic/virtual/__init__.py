"""Rows that are asked without being stored: an entity as a table of DuckDB (or anything that scans Arrow) and of Polars."""

from datamimic.virtual.dataset import VirtualDataset, as_dataset
from datamimic.virtual.lazy_frame import as_lazy_frame

__all__ = ["VirtualDataset", "as_dataset", "as_lazy_frame"]
