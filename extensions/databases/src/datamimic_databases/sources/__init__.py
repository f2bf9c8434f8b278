"""Tables of databases as the rows of entities."""
