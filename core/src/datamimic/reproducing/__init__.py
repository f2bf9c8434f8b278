"""Proof that values can be made again: verification, explanation, locks."""
