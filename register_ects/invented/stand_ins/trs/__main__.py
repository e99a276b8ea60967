"""Start the stand-in from the command line. Refuses to in production."""

import argparse
import os
import sys
from pathlib import Path

from register_ects.invented.stand_ins.trs.server import run_stand_in


def main() -> int:
    """Serve until stopped; return the exit status."""
    parser = argparse.ArgumentParser(description="A stand-in of the Teaching Record System.")
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1; 0 picks a free one")
    parser.add_argument("--database", type=Path, required=True, help="SQLite file, made if absent")
    arguments = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")
    from django.conf import settings

    from register_ects import clock

    if settings.PRODUCTION:
        sys.stderr.write("The TRS stand-in does not run in production.\n")
        return 1
    run_stand_in(
        arguments.port, arguments.database, api_key=settings.TRS_API_KEY, today=clock.today()
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
