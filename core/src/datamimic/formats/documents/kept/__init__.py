"""The rules that a text keeps, judged in the text alone: those of a syntax, and those that a message adds.

rule      a rule and its judge
files     the documents of a file
syntaxes  the rules of a syntax by its name
"""
