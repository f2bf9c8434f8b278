"""Differential privacy: what is learned of rows, noised before it is written, and what that costs.

ledger       every statistic that was asked for, with its part of epsilon and delta, and their sums
mechanisms   noise and selections, by OpenDP's proven measurements, from the system's secure randomness
scores       what pairs of columns have to do with each other, as a score of known sensitivity
domains      what is known of columns without their rows
coding       columns as codes
network      which columns are taken together, and how many rows have which of their values
private_rows rows made of nothing but noised statistics
private_sample  such rows in place of a whole sample, with their ledgers
statistics   the seam: row counts, counts, categories, bounds, quantiles and choices, each noised and entered
"""
