"""The pages, on a port of their own, over the same services as the API."""
