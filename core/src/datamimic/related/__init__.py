"""Sets of related tables: which rows they need, their relational schema, and how they are written and loaded."""
