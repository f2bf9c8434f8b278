"""The platform under load."""
