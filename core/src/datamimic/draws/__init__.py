"""Addressed randomness: draws, and keyed permutations."""
