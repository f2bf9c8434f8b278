collect_ignore = ["logistics"]  # its own tests run where it is installed
