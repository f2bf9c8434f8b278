"""Checks of tables, solved: what they say becomes ranges, choices, patterns and relations of columns, so that rows hold
them by construction.

axes       numbers, dates and times as whole ticks
values     which values a column may have
shapes     texts that match all that is asked of them
terms      arithmetic between columns
atoms      what one condition says of one column, or of several
sql_terms  arithmetic of SQL; sql_comparisons what comparisons say
cases      a check as cases, each a list of atoms
writing    conditions of a model, which are Python's, in SQL
plans      all checks of a table together
sources    where columns come from when nothing is asked
holding    which rows hold what is asked
ticks      numbers and times drawn; wording texts
drawing    columns that hold them
arrow      Arrow arrays as columns to solve
columns    columns in flight as columns to solve, and back
"""
