"""Terms of contracts: how each renews from the one before, and what it costs."""
