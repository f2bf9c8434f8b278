collect_ignore = ["energy", "logistics"]  # its own tests run where it is installed
