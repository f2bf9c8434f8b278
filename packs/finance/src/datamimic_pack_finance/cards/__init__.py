"""Payment cards: networks, numbers, limits, dates, and the name on the card."""
