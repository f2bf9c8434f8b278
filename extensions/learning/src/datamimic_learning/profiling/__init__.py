"""Tables that exist, measured: columns, keys, references, dependencies, quality.

hashing       values as 64-bit numbers, whole columns at a time
distinct      how many values there are, and which are the most frequent: exact while memory allows, sketches beyond
moments       mean and deviation in one pass
row_sample    rows that stand for all, the same for the same table
columns       one pass over a table: what is counted of every column
numbers, texts, moments_in_time, units   what is said of columns of a kind
keys, references, dependencies, correlations   what columns have to do with each other
quality       scores, each with a hint
profiling     all of it, as plain values that `schema.json` describes
"""
