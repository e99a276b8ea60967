"""Issue API tokens for lead providers and print them, once (spec 02 §2.2.2)."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register_ects import clock
from register_ects.management.refused import refusing_with
from register_ects.models import LeadProvider
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import issue_api_token

_TAKEN = "This token exists already. Choose another"
_WORDING = {
    "description blank": "The description must not be blank",
    "token not_in_production": "A token cannot be chosen in production",
    "token not_visible_ascii": "A token holds visible ASCII characters only, and no spaces",
    "token taken": _TAKEN,
    "digest already_exists": _TAKEN,  # by somebody else, just now
}


class Command(BaseCommand):
    """Prints each raw token alone on a line, the last ones; none can be shown again."""

    help = "Issue an API token for a lead provider, or for each. Each is printed once, at the end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--lead-provider", metavar="NAME", help="exact name, or key")
        whose.add_argument("--all", action="store_true", help="one for each lead provider")
        parser.add_argument("--description", metavar="TEXT")
        parser.add_argument(
            "--expires-on",
            type=date.fromisoformat,
            metavar="DATE",
            help="first day on which it does not work; never, if not given",
        )
        parser.add_argument("--token", metavar="TEXT", help="the token itself; not in production")

    def handle(self, *args: Any, **options: Any) -> None:
        expires_on: date | None = options["expires_on"]
        chosen: str | None = options["token"]
        if chosen is not None and options["all"]:
            raise CommandError("Each lead provider needs a token of its own: leave out --token")
        for lead_provider in lead_providers(options["lead_provider"]):
            description = options["description"] or f"Token for {lead_provider.name}"
            with refusing_with(_WORDING):
                token = issue_api_token(
                    lead_provider,
                    description=description,
                    author=Author.system(),
                    chosen=chosen,
                    expires_at=clock.london_midnight(expires_on) if expires_on else None,
                )
            self.stdout.write(
                f"Token for {lead_provider.name}. Keep it safe: it is shown only now."
            )
            self.stdout.write(token)


def lead_providers(name_or_key: str | None) -> Sequence[LeadProvider]:
    """Return the lead provider with this name or key, or all of them. Raises CommandError."""
    everybody = list(LeadProvider.objects.order_by("name"))
    if name_or_key is None:
        return everybody
    wanted = LeadProvider.objects.filter(name=name_or_key).first() or next(
        (each for each in everybody if str(each.pk) == name_or_key), None
    )
    if wanted is None:
        known = ", ".join(each.name for each in everybody) or "none"
        raise CommandError(f"No lead provider is called {name_or_key!r}. Known: {known}")
    return [wanted]
