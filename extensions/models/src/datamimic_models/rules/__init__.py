"""How the values of a column are made: one class per kind of rule.

The attributes of a class are the words of the language, its docstring is the page of the reference, `generator` what the
engine runs. A new kind is a new class in the module of its family; `KINDS` in `kinds` lists them.

words         the attributes of a rule, with what may stand for them
annotations   the types of columns, as fields of entities have them
bounds        numbers, dates and moments in whole units
plain_values  values of a document as columns
converting    columns of one kind as columns of another
rule          what every kind can do, and where a rule stands
conditions    which rows a conditional rule is for
ranges, choices, numbering, named …   the kinds, by family
kinds         all of them, and the one that a type usually has
"""
