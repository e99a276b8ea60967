"""Import a schools register extract in the original column format."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from register_ects.gias.faults import FileRefused
from register_ects.gias.importer import (
    CHILDRENS_CENTRES,
    REGISTER,
    ImportRunning,
    import_register,
)
from register_ects.projections.rebuild import catch_up_after_loading


class Command(BaseCommand):
    """Import the file, print what changed and what was skipped; exit 1 when it is refused."""

    help = "Import a schools register extract (GIAS). Importing the same file again is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the extract: .csv, .csv.gz or .zip")
        parser.add_argument("--links", type=Path, help="the extract of links, likewise")
        parser.add_argument(
            "--childrens-centres",
            action="store_true",
            help="the file lists children's centres, with fewer columns",
        )

        parser.add_argument(
            "--allow-older",
            action="store_true",
            help="import a file that is older than the last one imported",
        )

    def handle(
        self,
        *,
        file: Path,
        links: Path | None,
        childrens_centres: bool,
        allow_older: bool,
        **options: object,
    ) -> None:
        """Print the report."""
        source = CHILDRENS_CENTRES if childrens_centres else REGISTER
        try:
            report = import_register(file, links_path=links, source=source, allow_older=allow_older)
        except (FileRefused, ImportRunning) as refusal:
            raise CommandError(f"{refusal}") from refusal
        catch_up_after_loading()
        for line in report.lines():
            self.stdout.write(line)
        if report.warned:
            self.stderr.write(f"Warnings: {report.warned}. The rest was imported.")
