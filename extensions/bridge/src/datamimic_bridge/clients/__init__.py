"""Databases of a model, as classes of one's own ask them."""
