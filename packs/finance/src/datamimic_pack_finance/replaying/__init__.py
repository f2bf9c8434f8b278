"""Histories of card payments written anew without card numbers: `dm replay`.

tokens     card numbers as tokens of the same length
tracks     what a magnetic stripe holds
kinds      what a column holds, by its name and by a look at its cells
expiry     expiry dates in the forms in which they are written
holders    names of cardholders as those of people who do not exist
cells      columns with everything replaced, nested ones and free text too
objects    files of JSON objects
excel      files of Excel
replay     one file, or a folder of them, from one place to another
"""
