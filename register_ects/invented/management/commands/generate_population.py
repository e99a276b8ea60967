"""Fill a database with invented teachers and their histories, to try and to measure."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from time import monotonic

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from register_ects import clock
from register_ects.embedded import default_data_dir
from register_ects.invented.demo.loading import load_organisations
from register_ects.invented.population.generation import (
    MOST_ECTS,
    CannotGenerate,
    Wanted,
    add_population,
    is_loaded,
)
from register_ects.invented.production import refuse_in_production


class Command(BaseCommand):
    """Prepares what is missing, loads the people, and builds what lead providers are shown."""

    help = (
        "Load invented ECTs, and nine mentors for ten of them, with whole histories at real"
        " schools. The same numbers give the same people. Never in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ects", type=_number_of_ects, required=True, help="how many ECTs")
        parser.add_argument("--seed", type=int, required=True, help="of the random numbers")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="histories are written up to this day, YYYY-MM-DD; by default up to the present",
        )

    def handle(self, *, ects: int, seed: int, today: date | None, **options: object) -> None:
        """Print how far it is at each step, and what there is at the end."""
        refuse_in_production("Invented people")
        self._begun = monotonic()
        wanted = Wanted(ects, seed, today or clock.today())
        call_command("migrate", verbosity=0, interactive=False)
        try:
            if is_loaded(wanted):
                self.stdout.write("This population is loaded already: nothing was added")
                return
            with clock.pretend(wanted.today):
                load_organisations(default_data_dir(), settled=True)
                add_population(wanted, self._tell)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # until the server does so by itself it plans badly
        except CannotGenerate as problem:
            raise CommandError(f"{problem}") from problem
        self._tell("Done")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"[{monotonic() - self._begun:6.1f} s] {line}")
        self.stdout.flush()


def _number_of_ects(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_ECTS:
        raise ArgumentTypeError(f"{text!r}: give a number from 1 to {MOST_ECTS}")
    return int(text)
