"""Where records go: files of a run, the log, memstores and databases."""
