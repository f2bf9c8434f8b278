"""The entities of the pack."""
