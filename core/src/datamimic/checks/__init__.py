"""The checks of an entity, run on any table."""
