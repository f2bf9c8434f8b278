"""Customers: when they came, what they agreed to, what they are worth."""
