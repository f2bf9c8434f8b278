"""What may be asked for of people: ages, shares of women, titles; as options of an entity and as Python objects."""
