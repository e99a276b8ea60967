"""Seed the sandbox of one lead provider, or of all."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from register_ects.models import LeadProvider
from register_ects.sandbox import seeding


class Command(BaseCommand):
    """Builds every provider's scenarios; prints how many. Refused in production."""

    help = (
        "Seed the sandbox with invented people at real schools, for each lead provider."
        " Seeding twice changes nothing; --reset builds it anew, under the same ids."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lead-provider", metavar="NAME", help="only this provider's")
        parser.add_argument("--reset", action="store_true", help="remove what was seeded first")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Invented people have no place in the live service")
        seed = seeding.reset_sandbox if options["reset"] else seeding.seed_sandbox
        for provider in _providers(options["lead_provider"]):
            self.stdout.write(f"{provider.name}: {_told(seed(provider))}")
        if options["lead_provider"] is None:
            shared = seeding.reset_shared() if options["reset"] else seeding.seed_shared()
            self.stdout.write(f"Shared by all: {_told(shared)}")


def _providers(name: str | None) -> list[LeadProvider]:
    known = seeding.providers_with_sandbox()
    if not known:
        raise CommandError(f"No lead provider has a delivery partner in {seeding.YEAR}")
    chosen = [each for each in known if name in (None, each.name)]
    if not chosen:
        names = ", ".join(each.name for each in known)
        raise CommandError(f"No lead provider with a sandbox is called {name!r}. Known: {names}")
    return chosen


def _told(count: int) -> str:
    return f"{count} scenarios seeded" if count else "seeded already, nothing changed"
