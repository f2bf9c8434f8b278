"""Rows that are asked without being stored: an entity as a table of DuckDB (or anything that scans Arrow) and of Polars."""
