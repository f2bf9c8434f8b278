"""Messages of care, a folder for each family of standards."""
