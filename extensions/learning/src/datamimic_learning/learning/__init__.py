"""To learn a table is to write a model: tables of weights, conditional on other columns, from which the engine generates.

names         how rules name columns
counting      what of the rows is told: nothing that too few of them have
prepared      columns as codes: categories, bands of numbers, missing values
facts         what holds without exception: functional dependencies, sums, orders, structural gaps
held_values   references that values show
joint_keys    keys of several columns, and what refers to them
steps         columns that move from row to row of a parent
sequences     rows of a parent in their order
trees         the distribution of one column given a few others
network       which columns each one depends on, and their order
texts         identifiers by their format
free_text     free text by the words that follow each other
writing       the model that is written: YAML, and CSV tables beside it
"""
