"""Tells Django about the heart of the service."""

from django.apps import AppConfig


class RegisterECTsConfig(AppConfig):
    """The heart: models, operations, shared web machinery."""

    name = "register_ects"
    verbose_name = "Register early career teachers"
