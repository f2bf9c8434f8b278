"""When jobs are due, and that each is started once."""
