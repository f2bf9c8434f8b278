"""Files of national clearing houses: records of fixed width."""
