"""SWIFT MT messages, as they were before ISO 20022 and as statements still are."""
