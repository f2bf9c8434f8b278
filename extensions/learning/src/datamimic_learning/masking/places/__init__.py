"""Where masked copies are written: files and databases."""
