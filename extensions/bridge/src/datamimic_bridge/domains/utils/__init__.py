"""Tables, by the names of the described product."""
