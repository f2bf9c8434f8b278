"""An expression worked out for all rows of a batch at once.

What a step cannot be sure to give as the row form gives it (an overflow, a division by zero, a null in a sum), it marks as
unsure, row by row, and the row form works these rows out. So both forms agree by construction where a kernel is careful, and
a kernel need not know every case.

vectors      columns of one kind, with what is null and what is unsure
each         a function of plain values, applied value by value
arithmetic, numbers_of_two_kinds, numbers, comparing, choosing, writing, texts, moments, draws, calls    kernels: None for what
             they do not do
working      what every node can ask for
reaching, operating, calling, building, seeking    a function for every kind of node
form         the tree, node by node
finishing    the unsure rows worked out, and what is made a column
"""
