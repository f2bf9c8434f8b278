"""Identifiers that banking owns: IBAN, German account check digits, card numbers."""
