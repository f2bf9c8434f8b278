"""Outputs that are there whole or not at all, with a digest and a manifest."""
