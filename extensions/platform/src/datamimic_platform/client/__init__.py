"""The platform from a Python program: `Client("http://127.0.0.1:8000", key).submit(…)`."""

from datamimic_platform.client.client import Client, Job

__all__ = ["Client", "Job"]
