"""What a database says of its tables: all of SQL that matters for rows, before it becomes a model.

customs what goes without saying
schema  tables, columns, keys, checks, exclusions, partitions
types   what a type of a dialect holds
"""
