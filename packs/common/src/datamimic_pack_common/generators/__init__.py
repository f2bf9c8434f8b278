"""Literal generators that this pack owns.

Two that other products have are left out on purpose: one that calls Faker (its values are those of one Faker release and
of a shared stream, so that no row could be made alone or again), and one that reads database sequences (a value that a
server hands out once is no function of seed and row).
"""
