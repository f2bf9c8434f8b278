"""Schools and universities: students, staff and head."""
