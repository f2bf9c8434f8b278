"""Work for other machines."""
