"""Made rows into a database, with its constraints on, whole or not at all.

rows        values of columns as the drivers take them
circles     how tables that refer to each other are loaded
postgresql  COPY; circles in one statement, or deferred
inserts     MariaDB and SQLite
"""
