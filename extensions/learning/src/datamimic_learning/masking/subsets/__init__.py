"""Parts of tables that belong together: rows for which a condition holds, and all that they need.

conditions  a small language of SQL's conditions, worked out on Arrow columns, never sent to a database
closing     which rows of other tables belong to them, over foreign keys in both directions, circles included
"""
