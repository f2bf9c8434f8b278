"""The request API."""

from datamimic import generate_domain

__all__ = ["generate_domain"]
