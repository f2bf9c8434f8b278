"""Breaks on demand: rows that are missing, twice, late, altered, in the wrong place, at exact counts, with an answer key.

columns    which columns hold the date, the amount, the account and the status
kinds      what there is to break, and what a break says of itself
order      which row stands at a position, where some are left out, come twice or come later
values     what a broken value is
planning   which rows are broken, and how: a function of the world and the counts
editing    columns of a batch with the broken values in them
view       the rows as they are then given
answers    the answer key
"""
