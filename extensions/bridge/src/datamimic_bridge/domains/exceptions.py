"""What requests that cannot be answered raise."""

from datamimic import DatamimicError as DomainError

__all__ = ["DomainError"]
