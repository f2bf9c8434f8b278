"""The tables of the platform in SQLite or PostgreSQL, their migrations, and the audit chain."""
