"""Who somebody is, what they may do, and what is kept secret. Knows neither the store nor HTTP."""
