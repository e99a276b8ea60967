"""Issue an API token for a lead provider and print it, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register_ects.models import LeadProvider
from register_ects.operations.api_tokens import issue_api_token
from register_ects.operations.base import Author


class Command(BaseCommand):
    """Prints the raw token alone on the last line; it cannot be shown again."""

    help = "Issue an API token for a lead provider. The token is printed once, on the last line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lead-provider", required=True, metavar="NAME")
        parser.add_argument("--description", metavar="TEXT")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["lead_provider"]
        lead_provider = LeadProvider.objects.filter(name=name).first()
        if lead_provider is None:
            known = ", ".join(LeadProvider.objects.values_list("name", flat=True)) or "none"
            raise CommandError(f"No lead provider is called {name!r}. Known: {known}")
        description = options["description"] or f"Token for {lead_provider.name}"
        token = issue_api_token(lead_provider, description=description, author=Author.system())
        self.stdout.write(f"Token for {lead_provider.name}. Keep it safe: it is shown only now.")
        self.stdout.write(token)
