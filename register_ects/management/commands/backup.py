"""``bin/manage backup DIR``: dump the whole database into a new directory."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from psycopg import Error

from register_ects.backups import BackupFailed, back_up


class Command(BaseCommand):
    """Dump the database, with what is needed to check it when it is restored."""

    help = "Dump the whole database into a directory that does not exist yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"].resolve()
        try:
            tables = back_up(libpq_parameters(), directory)
        except (BackupFailed, Error) as problem:
            raise CommandError(str(problem).strip()) from problem
        except OSError as problem:
            raise CommandError(
                f"{directory} cannot be written ({problem.strerror}): nothing was backed up. Name a"
                " new directory where this user may write and there is room"
            ) from problem
        rows = sum(each.rows for each in tables.values())
        self.stdout.write(f"Backed up {rows:,} rows of {len(tables)} tables into {directory}")


def libpq_parameters() -> dict[str, Any]:
    """Return how to reach the database that this process is configured for."""
    known = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
    wanted = connection.get_connection_params()
    return {name: wanted[name] for name in known if wanted.get(name)}
