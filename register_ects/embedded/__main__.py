"""Run a command with the services started: ``python -m register_ects.embedded DIR CMD …``."""

import signal
import subprocess
import sys
from pathlib import Path

from register_ects.embedded import CannotStart, ensure_services


def main() -> None:
    """Start the services, run the command, end with its exit status."""
    directory, *command = sys.argv[1:]
    try:
        ensure_services(Path(directory).resolve())
    except CannotStart as problem:
        sys.exit(str(problem))
    process = subprocess.Popen(command)  # noqa: S603  the caller's own command
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: process.send_signal(received))
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
