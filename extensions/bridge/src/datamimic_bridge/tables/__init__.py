"""Tables of one's own and of packs: where they lie, what they hold, for which countries."""
