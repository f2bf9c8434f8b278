"""Identifiers that only healthcare has."""
