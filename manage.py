#!/usr/bin/env python
"""Run a management command; bin/manage is the way to call it.

Outside production, a PostgreSQL and a Redis are started when the command needs them,
none are configured and none are running in the data directory; they stop with the last user.
In the demo a command shares the clock and the TRS stand-in of the data directory.
"""

import os
import signal
import sys

#: Commands that need neither a database nor Redis.
NEED_NO_SERVICES = {"simulate_statement", "collectstatic", "help", "check", "version"}


def main() -> None:
    """Start what is needed, then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "help")
    embedded_allowed = os.environ.get("ENVIRONMENT") in ("demo", "test")
    if embedded_allowed and command not in NEED_NO_SERVICES:
        _start_services()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _start_services() -> None:
    from register_ects.embedded import CannotStart, default_data_dir, ensure_services
    from register_ects.invented.demo.environment import demo_environment

    # By default SIGTERM ends Python without the clean-up that stops the services.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    data_dir = default_data_dir()
    try:
        ensure_services(data_dir)
    except CannotStart as problem:
        sys.exit(str(problem))
    if os.environ["ENVIRONMENT"] == "demo":
        for name, value in demo_environment(data_dir).items():
            os.environ.setdefault(name, value)


if __name__ == "__main__":
    main()
