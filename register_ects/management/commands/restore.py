"""``bin/manage restore DIR [--into URL]``: fill an empty database from a backup."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

from register_ects.backups import BackupFailed, restore
from register_ects.management.commands.backup import libpq_parameters


class Command(BaseCommand):
    """Restore a backup, compare it with what was noted then, and verify the projections."""

    help = "Restore a backup into an empty database, then compare it and verify the projections."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--into", metavar="URL", help="an empty database; by default that of this environment"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"].resolve()
        parameters = self._target(options["into"])
        try:
            tables = restore(parameters, directory)
        except (BackupFailed, Error) as problem:
            raise CommandError(str(problem).strip()) from problem
        rows = sum(each.rows for each in tables.values())
        self.stdout.write(f"Restored {rows:,} rows of {len(tables)} tables, as they were")
        self._verify(parameters)

    def _target(self, url: str | None) -> dict[str, Any]:
        if url is None:
            return libpq_parameters()
        try:
            return dict(conninfo_to_dict(url))
        except Error as problem:
            raise CommandError(f"--into is no address of a database: {problem}") from None

    def _verify(self, parameters: dict[str, Any]) -> None:
        """Verify the projections in a process that knows the restored database alone."""
        verified = subprocess.run(  # noqa: S603  our own command
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "verify_projections"],
            env={**os.environ, "DATABASE_URL": _url(parameters)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.stdout.write(verified.stdout.strip())
        if verified.returncode:
            raise CommandError(verified.stderr.strip() or "The projections could not be verified")


def _url(parameters: dict[str, Any]) -> str:
    """Return the address as ``DATABASE_URL`` has it."""
    who = quote(str(parameters.get("user", "")), safe="")
    if password := parameters.get("password"):
        who += f":{quote(str(password), safe='')}"
    where = quote(str(parameters.get("host", "localhost")), safe="")
    if port := parameters.get("port"):
        where += f":{port}"
    more = [f"{name}={quote(str(parameters[name]))}" for name in ("sslmode", "sslrootcert")
            if parameters.get(name)]  # fmt: skip
    query = f"?{'&'.join(more)}" if more else ""
    return f"postgresql://{who}@{where}/{quote(str(parameters['dbname']), safe='')}{query}"
