"""Objects one by one: services of entities, and literal generators."""
