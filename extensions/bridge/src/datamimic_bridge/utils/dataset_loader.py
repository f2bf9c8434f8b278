"""Weighted tables, read for a country."""

from datamimic_bridge.tables.weighted import load_weighted_values_try_dataset, pick_one_weighted

__all__ = ["load_weighted_values_try_dataset", "pick_one_weighted"]
