"""Synthetic test data that makes sense, and proves it."""
