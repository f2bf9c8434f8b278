"""Procedures: what they take and cost."""
