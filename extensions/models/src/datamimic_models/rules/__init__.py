"""How the values of a column are made: one class per kind of rule.

The attributes of a class are the words of the language, its docstring is the page of the reference, `generator` what the
engine runs. A new kind is a new class in the module of its family; `KINDS` lists them.
"""
