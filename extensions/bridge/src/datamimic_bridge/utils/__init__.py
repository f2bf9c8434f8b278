"""Files read as the described product reads them."""
