"""Columns on demand: batches, references, and relations between entities."""
