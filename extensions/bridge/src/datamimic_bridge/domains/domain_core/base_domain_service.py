"""`BaseDomainService`."""

from datamimic_bridge.bases.domain_service import BaseDomainService

__all__ = ["BaseDomainService"]
