"""Policies: their term and their premium."""
