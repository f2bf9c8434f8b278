"""Values drawn out of tables of weights that may depend on other columns.

cells    what a cell of such a table says: a value, an interval, several of them, null, anything
scales   numbers and moments as what is compared and counted
lines    the lines of a table
conditional  what rules have in common whose tables have conditions
cases    which lines count for a row, by the conditions on its other columns
drawing  the generator
rule     the rule
points   the rule for points that are added up
sentences  the rule for free text
"""
