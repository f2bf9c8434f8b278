"""Literal generators that this pack owns."""
