"""Loans: terms, what secures them, and how they are repaid."""
