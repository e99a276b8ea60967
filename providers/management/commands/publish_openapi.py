"""Keep the present OpenAPI file as a published version; run at each release that changes it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from providers.openapi.releases import CannotPublish, publish


class Command(BaseCommand):
    help = "Keep the present OpenAPI file in providers/openapi/published, for later comparison."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"Published as {publish().name}")
        except CannotPublish as refusal:
            raise CommandError(str(refusal)) from refusal
