"""Stop an API token of a lead provider from working (spec 02 §2.2.2)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register_ects.management.refused import refusing_with
from register_ects.models import APIToken
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import (
    PREFIX_LENGTH,
    revoke_api_token,
    token_digest,
)

_WORDING = {"token already_revoked": "This token has just been revoked"}


class Command(BaseCommand):
    """Finds a token by the characters it begins with; who has the token itself may give it."""

    help = "Revoke an API token, now and for good. Its row stays, to explain past requests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "begins_with", metavar="PREFIX", help="the first six characters, or the whole token"
        )
        parser.add_argument(
            "--lead-provider", metavar="NAME", help="whose, if several tokens begin alike"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = options["begins_with"]
        prefix = sent[:PREFIX_LENGTH]
        tokens = APIToken.objects.filter(prefix=prefix, revoked_at=None)
        if sent != prefix:
            tokens = tokens.filter(digest=token_digest(sent))
        if options["lead_provider"] is not None:
            tokens = tokens.filter(lead_provider__name=options["lead_provider"])
        found = list(tokens.select_related("lead_provider"))
        if not found:
            raise CommandError(f"No working token begins with {prefix}")
        if len(found) > 1:
            whose = ", ".join(f"{each.lead_provider.name} ({each.description})" for each in found)
            raise CommandError(f"Several tokens begin with {prefix}: {whose}. Say whose it is")
        with refusing_with(_WORDING):
            revoke_api_token(found[0], author=Author.system())
        self.stdout.write(
            f"Revoked the token {prefix} of {found[0].lead_provider.name}: {found[0].description}"
        )
