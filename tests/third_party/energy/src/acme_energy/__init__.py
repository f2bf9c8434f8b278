"""Grid areas, meters, contracts, readings, outages and invoices of a utility."""
