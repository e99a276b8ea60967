"""Write the diagram of the data model into the documentation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from register_ects.data_model_diagram import draw


class Command(BaseCommand):
    """Writes docs/data-model.svg. Run it after changing a model; a test says when."""

    help = "Draw the data model into docs/data-model.svg."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, metavar="FILE", default=settings.BASE_DIR / "docs/data-model.svg"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        options["to"].write_text(draw(), encoding="utf-8")
        self.stdout.write(f"Drew {options['to'].name}")
