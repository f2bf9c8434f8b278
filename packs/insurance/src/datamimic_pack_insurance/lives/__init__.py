"""Lives of contracts: who holds what, from when to when, and the claims that follow."""
