"""Companies: size, legal form, industry, capital."""
