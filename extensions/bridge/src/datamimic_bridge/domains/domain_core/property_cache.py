"""`PropertyCache` and `property_cache`."""

from datamimic_bridge.bases.property_cache import PropertyCache, property_cache

__all__ = ["PropertyCache", "property_cache"]
