"""A live database, filled under its own constraints.

reports       what is asked for, and what was done
natives       texts of types that only a database has
tables        a table to be filled: its plan, what it holds, what is made for it
asking        SQL of whatever database
existing      what tables hold already
bounds        what partitions and years ask of columns
customs       what goes without saying
counting      how many rows there can be
distinct      columns whose values must differ
among         rows for which alone something is unique
parents       rows of parents for rows of children
sense         values that make sense, proposed by what columns mean
by_cases      columns by the cases that rows are of
referring     foreign keys
keying        unique columns that are no foreign keys
making        all rows of all tables, without a constraint violated
testing       rows against checks that are not understood, by the database itself
order         in which order tables are loaded, and where they form circles
loading       into PostgreSQL, MariaDB or SQLite, whole or not at all
transactions  all or nothing
filling       all of it
"""
