"""Offices: whom they serve, with which staff and budget."""
