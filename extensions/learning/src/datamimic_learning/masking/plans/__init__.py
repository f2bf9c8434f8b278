"""What is done with which column.

plan       the records
catalogue  the methods and their settings
reading    from YAML or JSON
checking   against the tables
meant      fields and numbers by what columns mean
proposing  from what is found to be personal
writing    as YAML
schema     as JSON Schema
"""
