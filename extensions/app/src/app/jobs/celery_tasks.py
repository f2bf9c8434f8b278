"""`celery -A app.jobs.celery_tasks worker --loglevel=info --concurrency=4`"""

from datamimic_platform.serving.celery import app, generate_data_task

__all__ = ["app", "generate_data_task"]
