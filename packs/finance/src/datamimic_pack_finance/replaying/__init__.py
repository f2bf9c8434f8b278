"""Histories of card payments written anew without card numbers: `dm replay`.

key        the key file, and the keys for each purpose that are derived from it
ff1        format-preserving encryption, FF1 of NIST SP 800-38G, for whole columns
tokens     card numbers as tokens of the same length
tracks     what a magnetic stripe holds
kinds      what a column holds, by its name and by a look at its cells
expiry     expiry dates in the forms in which they are written
holders    names of cardholders as those of people who do not exist
cells      columns with everything replaced, nested ones and free text too
new_folder a folder that is there whole or not at all
objects    files of JSON objects
excel      files of Excel
replay     one file, or a folder of them, from one place to another
"""
