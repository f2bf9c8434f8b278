"""What an author writes: entities, fields, generators, options, and how their values look in Python and Arrow."""
