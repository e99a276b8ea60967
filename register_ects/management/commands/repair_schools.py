"""Open the eligible open establishments of the register that have no school yet."""

from django.core.management.base import BaseCommand, CommandError

from register_ects.gias.importer import ImportRunning, repair_schools
from register_ects.projections.rebuild import catch_up_after_loading


class Command(BaseCommand):
    """Open what an earlier import missed, and print how many; running it again does no harm."""

    help = (
        "Open a school for each eligible open establishment of the register that has none, "
        "for example after an import that went wrong."
    )

    def handle(self, **options: object) -> None:
        """Print how many schools were opened, and how many are left and why."""
        try:
            opened = repair_schools()
        except ImportRunning as refusal:
            raise CommandError(f"{refusal}") from refusal
        catch_up_after_loading()
        self.stdout.write(f"Schools opened in this service: {opened.count}")
        if opened.left:
            self.stdout.write(
                f"Left, because a closed school’s record is to move to them: {opened.left}"
            )
