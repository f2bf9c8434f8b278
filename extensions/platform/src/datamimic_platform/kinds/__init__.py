"""What a job can do: one class a kind, registered as an entry point of the group `datamimic.job_kinds`."""
