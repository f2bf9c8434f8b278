"""Insured people: what insurers ask them."""
