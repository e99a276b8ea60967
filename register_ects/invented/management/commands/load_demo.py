"""Load what the demo shows: reference data, schools, contracts and people."""

from django.core.management.base import BaseCommand

from register_ects.embedded import default_data_dir
from register_ects.invented.demo.loading import load_demo
from register_ects.invented.production import refuse_in_production


class Command(BaseCommand):
    """Adds what is missing; prints each step that takes more than a second.

    The stories look people up in the TRS stand-in: run it beside a running demo.
    """

    help = "Load the demo's reference data, schools and people. Loading them twice is harmless."

    def handle(self, **options: object) -> None:
        """Load everything, unless this is the live service."""
        refuse_in_production("Demo people")
        load_demo(default_data_dir())
