"""Hospitals: names, departments, size, and register numbers."""
