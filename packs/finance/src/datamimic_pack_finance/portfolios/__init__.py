"""Portfolios: what is held, and what it is worth."""
