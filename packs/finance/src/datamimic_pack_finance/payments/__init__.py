"""Payments between accounts: who the other party is, what identifies a payment, and statements of an account."""
