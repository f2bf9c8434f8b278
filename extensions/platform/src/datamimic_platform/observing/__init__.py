"""What can be seen of a running platform: logs, metrics, and the correlation id that ties a request to its job."""
