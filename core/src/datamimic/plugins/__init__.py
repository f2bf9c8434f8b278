"""Packs: found, loaded, and registered by name."""
