"""Tables that exist: read once, in the kinds that fields declare, and found again by their digest."""
