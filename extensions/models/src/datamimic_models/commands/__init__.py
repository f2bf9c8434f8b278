"""The commands of the extension, each a module that is imported when it is used.

run       `dm run`: all tables of a model, as files or in a database
fill      `dm fill`: rows into a database that is there
model     `dm model`: check, convert, explain, rules, schema
"""
