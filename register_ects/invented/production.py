"""Invented people and prices have no place in the live service."""

from django.conf import settings


class NotForProduction(Exception):
    """Something invented was asked for in production."""


def refuse_in_production(what: str) -> None:
    """Raise NotForProduction where the live service runs; ``what`` begins the sentence."""
    if settings.PRODUCTION:
        raise NotForProduction(f"{what} cannot be loaded in production")
