"""Bases of entities, generators and services of one's own that draw from a `random.Random`, one value after the other.

What is worth a pack is better an entity of the engine (`datamimic.entity`): any row at once, checked, in every format.
"""

from datamimic_bridge.bases.domain_generator import BaseDomainGenerator
from datamimic_bridge.bases.domain_service import BaseDomainService
from datamimic_bridge.bases.entity import BaseEntity
from datamimic_bridge.bases.literal_generator import BaseLiteralGenerator
from datamimic_bridge.bases.property_cache import PropertyCache, property_cache

__all__ = [
    "BaseDomainGenerator",
    "BaseDomainService",
    "BaseEntity",
    "BaseLiteralGenerator",
    "PropertyCache",
    "property_cache",
]
