"""Row ranges as part files: tasks that any engine, or any array job, can run, in any order and more than once."""
