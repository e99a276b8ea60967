"""Import a schools register extract in the original column format."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from register_ects.gias.importer import (
    CHILDRENS_CENTRES,
    REGISTER,
    ImportRunning,
    import_register,
)
from register_ects.gias.reader import FileRefused
from register_ects.projections.rebuild import catch_up_after_loading


class Command(BaseCommand):
    """Import the file, print what changed and what was skipped; exit 1 when it is refused."""

    help = "Import a schools register extract (GIAS). Importing the same file again is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the extract, .csv or .csv.gz")
        parser.add_argument("--links", type=Path, help="the extract of links, .csv or .csv.gz")
        parser.add_argument(
            "--childrens-centres",
            action="store_true",
            help="the file lists children's centres, with fewer columns",
        )

    def handle(
        self, *, file: Path, links: Path | None, childrens_centres: bool, **options: object
    ) -> None:
        """Print the report."""
        source = CHILDRENS_CENTRES if childrens_centres else REGISTER
        try:
            report = import_register(file, links_path=links, source=source)
        except (FileRefused, ImportRunning) as refusal:
            raise CommandError(f"{refusal}") from refusal
        catch_up_after_loading()
        for line in report.lines():
            self.stdout.write(line)
        if report.warnings:
            self.stderr.write(f"Warnings: {report.warnings}. The rest was imported.")
