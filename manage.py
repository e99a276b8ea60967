#!/usr/bin/env python
"""Run a management command; bin/manage is the way to call it.

Outside production, PostgreSQL and Redis from wheels are started when the command needs them,
none are configured and none are running in the data directory; they stop with the last user.
"""

import os
import sys

#: Commands that need neither a database nor Redis.
NEED_NO_SERVICES = {"simulate_statement", "collectstatic", "help", "check", "version"}


def main() -> None:
    """Start what is needed, then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "help")
    embedded_allowed = os.environ.get("ENVIRONMENT") in ("demo", "test")
    if embedded_allowed and command not in NEED_NO_SERVICES:
        from register_ects.embedded import default_data_dir, ensure_services

        ensure_services(default_data_dir())

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
