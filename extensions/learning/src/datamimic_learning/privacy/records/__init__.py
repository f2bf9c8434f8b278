"""Tables of the same columns as records whose distance can be told.

values    a column of several tables as numbers and codes
space     all columns of all tables, in one space; what identifies rows
hashing   rows as one number each
nearest   the nearest records
drawing   some rows of many, the same ones each time
"""
