"""``bin/manage verify_projections``: compare what providers are shown with the facts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from register_ects.projections.verify import verify_everything


class Command(BaseCommand):
    """Recompute every stored projection, list what differs, and exit 1 when anything does."""

    help = "Recompute everything that lead providers are shown and compare it with what is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="also put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        drift = verify_everything(repair=options["repair"])
        for each in drift:
            self.stdout.write(str(each))
        if drift:
            raise CommandError(f"{len(drift)} stored views differ from the facts", returncode=1)
        self.stdout.write("Everything that is stored equals the facts.")
