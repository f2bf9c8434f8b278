"""Entities of the pack, one file each."""
