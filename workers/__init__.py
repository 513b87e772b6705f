"""Celery workers: doorbells that call the pipeline."""
