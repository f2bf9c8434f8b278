"""The police: departments and their officers."""
