"""Load the reference data: funding years, providers, appropriate bodies, uplifts."""

from django.core.management.base import BaseCommand

from register_ects.projections.rebuild import catch_up_after_loading
from register_ects.reference_data.loader import load_reference_data


class Command(BaseCommand):
    """Add what is missing and print how much; running it again does no harm."""

    help = (
        "Add the published reference data that are missing. Run it again after an import of "
        "the schools register: lead schools and uplifts need its schools."
    )

    def handle(self, **options: object) -> None:
        """Print a line for each kind of record."""
        for what, count in load_reference_data().items():
            counts_changes = what.endswith((" changed", " corrected", " renamed"))
            done = f"{count}" if counts_changes else f"{count} added"
            self.stdout.write(f"{what}: {done}" if count else f"{what}: nothing to do")
        catch_up_after_loading()
