"""Products: what they cover and cost."""
