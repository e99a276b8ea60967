"""Price a payment scenario: what would these statements pay?"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from finance.calculator import AllocationMode
from finance.scenario import ScenarioRefused, load_scenario, simulate

BAD_SCENARIO = 2


class Command(BaseCommand):
    """Read a scenario, print the priced statements as JSON. Needs no database."""

    help = "Price a payment scenario (JSON) and print the statements it would give (JSON)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scenario", help='the JSON file, or "-" for standard input')
        parser.add_argument(
            "--mode",
            choices=[mode.value for mode in AllocationMode],
            default=AllocationMode.NET.value,
            help="net: the rule. reference: as the service before this one counted.",
        )

    def handle(self, *, scenario: str, mode: str, **options: object) -> None:
        """Print the answer, or one line per problem and exit with status 2."""
        try:
            answer = simulate(load_scenario(_read(scenario)), mode=AllocationMode(mode))
        except OSError as error:
            self._refuse([f"{scenario}: cannot be read: {error.strerror}"])
        except ScenarioRefused as refusal:
            self._refuse(refusal.problems)
        else:
            self.stdout.write(json.dumps(answer, indent=2))

    def _refuse(self, problems: list[str]) -> None:
        for problem in problems:
            self.stderr.write(problem)
        sys.exit(BAD_SCENARIO)


def _read(scenario: str) -> bytes:
    return sys.stdin.buffer.read() if scenario == "-" else Path(scenario).read_bytes()
