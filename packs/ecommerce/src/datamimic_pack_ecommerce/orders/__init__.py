"""How an order comes about and goes out: its lines, its steps in time, its parcels."""
