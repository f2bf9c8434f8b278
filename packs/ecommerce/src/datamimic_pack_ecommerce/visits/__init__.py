"""Visits to the shop: who comes, when, by what, and how far it leads."""
