"""Places: which are drawn, what belongs to them, how addresses are written."""
