"""Measures of what a copy gives away, each with an interval, and beside what an independent copy would have.

measured      what a measure tells
intervals     confidence intervals of shares, differences and areas
copies        rows of the copy that are rows of the original, or all but one column of them; values that identify
closeness     distance to the closest record, and of the closest to the second closest
groups        k-anonymity, l-diversity, t-closeness
singling_out  predicates and combinations that single one person out
membership    whether somebody was in the original
inference     what is not known of somebody, guessed from the copy
linkage       parts of what is known of somebody, and two outputs, brought together
"""
