"""The services as REST."""
