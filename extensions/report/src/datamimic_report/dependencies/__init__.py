"""The matrix of dependencies: what must hang together, what must not, and when things happen.

declared   what a pack declares: `dependencies.toml` beside its `data.toml`
columns    columns of rows and those derived of them, made into NumPy arrays once
measures   measures of association, and how far chance alone takes each
pairs      a pair against rows: measured, expected, judged
ends       mass at the ends of every age and date
calendars  when things happen, on local clocks
siblings   rules over rows that belong together
matrix     all of it, for one entity or a whole pack
"""
