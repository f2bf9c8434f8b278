"""Insurers: names and register numbers."""
