"""The reference pages, one function per page: each returns Markdown made from the code and the installed packs."""
