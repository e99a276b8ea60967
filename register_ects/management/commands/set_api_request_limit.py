"""Grant a lead provider another number of API requests than the usual one, or take it back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from register_ects.management.commands.create_api_token import lead_providers
from register_ects.management.refused import refusing_with
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_limits import set_api_request_limit

_WORDING = {"limit not_positive": "The limit must be 1 or more"}


class Command(BaseCommand):
    """Prints the limit that now holds."""

    help = "Set how many API requests a lead provider may make in five minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lead-provider", required=True, metavar="NAME", help="exact name, or key"
        )
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--limit", type=int, metavar="NUMBER", help="1 or more")
        wanted.add_argument("--usual", action="store_true", help="what everybody has")

    def handle(self, *args: Any, **options: Any) -> None:
        [lead_provider] = lead_providers(options["lead_provider"])
        with refusing_with(_WORDING):
            set_api_request_limit(lead_provider, limit=options["limit"], author=Author.system())
        limit = "the usual number of" if options["limit"] is None else options["limit"]
        self.stdout.write(f"{lead_provider.name} may make {limit} requests in five minutes.")
