"""What trade messages tell of orders and stock: parties, articles, taxes by rate, papers with their dates, payment, returns."""
