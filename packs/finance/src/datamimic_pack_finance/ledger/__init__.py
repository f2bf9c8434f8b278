"""The transactions of an account: amounts for whole families, and what an entry says."""
