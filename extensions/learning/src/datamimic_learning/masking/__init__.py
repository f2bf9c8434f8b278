"""Safe copies: what is personal is replaced by what a keyed world has instead, the same everywhere, without a stored map.

keys      the key file, and keys for every domain of values
methods   what becomes of values: other people, encryption in the format, digests, shifted dates, coarser values, running text
plans     what is done with which column: read, checked, proposed
subsets   parts of tables that belong together
collisions counts originals that became one
subjects, columns, running_text, masking, reversing   a plan at work on batches
places    files and databases, written whole or not at all
views     what roles see of a database that stays as it is
running   `mask`: all of it
"""
