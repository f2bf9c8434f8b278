"""Visits: when, why, to whom."""
