"""The queue in the database, the workers that take from it, and what they leave."""
