"""Where tables lie."""

from datamimic_bridge.tables.paths import dataset_path, domain_data_root, is_strict_dataset_mode

__all__ = ["dataset_path", "domain_data_root", "is_strict_dataset_mode"]
