"""The tables of packs: where they lie, what they say of themselves, how they are read."""
