"""The steps by which Alembic brings the tables up to date."""
