"""`BaseDomainGenerator`."""

from datamimic_bridge.bases.domain_generator import BaseDomainGenerator

__all__ = ["BaseDomainGenerator"]
