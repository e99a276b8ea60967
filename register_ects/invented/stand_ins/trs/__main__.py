"""Start the stand-in from the command line. Refuses to in production."""

import sys
from pathlib import Path

from register_ects.invented.stand_ins.kit import run_from_command_line
from register_ects.invented.stand_ins.trs.app import TRSApp


def main() -> int:
    """Serve until stopped; return the exit status."""
    return run_from_command_line("TRS", _build)


def _build(database: Path) -> TRSApp:
    from django.conf import settings

    from register_ects import clock

    return TRSApp(database, api_key=settings.TRS_API_KEY, today=clock.today())


if __name__ == "__main__":
    sys.exit(main())
