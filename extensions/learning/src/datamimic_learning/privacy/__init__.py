"""What is promised of rows, and what a copy gives away of them.

noise       differential privacy: statistics noised under a budget, with a ledger
records     tables of the same columns as records whose distance can be told
measures    copies, distances, groups and attacks, each beside what an independent copy would have
judging     limits and verdicts
assessment  all of it for tables, as plain values; `schema.json` says which
explained   what measures are called and say
page        the same as an HTML page
"""
