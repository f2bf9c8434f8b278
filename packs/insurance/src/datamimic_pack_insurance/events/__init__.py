"""Storms, hail and floods that hit a region at once."""
