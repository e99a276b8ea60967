"""Invented people and prices have no place in the live service."""

from django.conf import settings
from django.core.management.base import CommandError


class NotForProduction(CommandError):
    """Something invented was asked for in production. Commands print the sentence."""


def refuse_in_production(what: str) -> None:
    """Raise NotForProduction where the live service runs; ``what`` begins the sentence."""
    if settings.PRODUCTION:
        raise NotForProduction(f"{what} have no place in the live service")
