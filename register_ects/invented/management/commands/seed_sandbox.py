"""Seed the sandbox of one lead provider, or of all."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register_ects.invented.sandbox import seeding
from register_ects.models import LeadProvider


class Command(BaseCommand):
    """Builds every provider's scenarios; prints how many, and which it could not build and why.

    Refused in production.
    """

    help = (
        "Seed the sandbox with invented people at real schools, for each lead provider."
        " Seeding twice changes nothing; --reset builds it anew, under the same ids."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lead-provider", metavar="NAME", help="only this provider's")
        parser.add_argument("--reset", action="store_true", help="remove what was seeded first")

    def handle(self, *args: Any, **options: Any) -> None:
        seed = seeding.reset_sandbox if options["reset"] else seeding.seed_sandbox
        for provider in _providers(options["lead_provider"]):
            self._tell(provider.name, partial(seed, provider))
        if options["lead_provider"] is None:
            shared = seeding.reset_shared if options["reset"] else seeding.seed_shared
            self._tell("Shared by all", shared)

    def _tell(self, whose: str, seed: Callable[..., int]) -> None:
        left_out: list[str] = []
        count = seed(tell=left_out.append)
        self.stdout.write(f"{whose}: {_told(count, len(left_out))}")
        for line in left_out:
            self.stdout.write(f"  not built: {line}")


def _providers(name: str | None) -> list[LeadProvider]:
    known = seeding.providers_with_sandbox()
    if not known:
        raise CommandError("No lead provider has a delivery partner")
    chosen = [each for each in known if name in (None, each.name)]
    if not chosen:
        names = ", ".join(each.name for each in known)
        raise CommandError(f"No lead provider with a sandbox is called {name!r}. Known: {names}")
    return chosen


def _told(count: int, left_out: int) -> str:
    if not count and not left_out:
        return "seeded already, nothing changed"
    return f"{count} scenarios seeded" + (f", {left_out} could not be built" if left_out else "")
