"""Claims: what happened, and what it costs."""
