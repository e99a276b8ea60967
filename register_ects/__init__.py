"""The heart of the service: its data model, its rules and its operations."""

from register_ects.celery import app as celery_app
