"""Converters of one's own."""
