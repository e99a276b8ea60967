"""Start the stand-in from the command line. Refuses to in production."""

import sys
from pathlib import Path

from register_ects.invented.stand_ins.help_desk.app import HelpDeskApp
from register_ects.invented.stand_ins.kit import run_from_command_line


def main() -> int:
    """Serve until stopped; return the exit status."""
    return run_from_command_line("Help desk", _build)


def _build(database: Path) -> HelpDeskApp:
    from django.conf import settings

    return HelpDeskApp(database, user=settings.HELP_DESK_USER, api_key=settings.HELP_DESK_KEY)


if __name__ == "__main__":
    sys.exit(main())
