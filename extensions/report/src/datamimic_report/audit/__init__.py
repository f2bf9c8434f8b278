"""What hangs together in folders of tables and messages, whoever wrote them, and what does not.

leaves     the values of one output, by the path at which they stand and the record that they are of
markup     XML documents and JSON: elements and members
segments   EDIFACT, X12, HL7 v2 and SWIFT MT: elements and fields
gathering  the files of folders as outputs
keys       which columns identify records, by manifests and schemas, else by their values
links      which columns name records of other outputs: resolved, orphaned
ties       rules that were found, and of how many cases they hold
agreeing   amounts and days that are the same on both sides of a link
balances   what was before, and all entries with their signs, is what is after
sums       totals and counts of parts, and all of these together
persons    combinations of columns that single people out, in one output or across several
auditing   all of it as plain values, as `schema.json` describes them
"""
