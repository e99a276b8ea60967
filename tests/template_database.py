"""The databases of tests: copies of one that the migrations made, kept until these change.

To run all migrations takes half a minute, most of it in Python; to copy what they made, a moment.
"""

from hashlib import sha256

from django.core.management import call_command
from django.db import connection

from register_ects.embedded import ROOT

TEMPLATE = "test_register_ects_template"
#: What the database is made from: migrations, those of packages, and what they import.
_MADE_FROM = ("register_ects/migrations/*.py", "register_ects/models/base.py", "requirements/*.txt")


def make_database(name: str, *, anew: bool = False) -> None:
    """Make a database as the migrations leave it, in place of one of that name.

    ``anew`` has the migrations run even if they are as they were. Workers that come at the same
    time wait for the one that runs them.
    """
    with connection._nodb_cursor() as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        if anew or _made_from(admin) != _digest():
            _make_template(admin)
        _replace(admin, name, f'TEMPLATE "{TEMPLATE}"')


def drop_database(name: str) -> None:
    """Drop a database that nobody uses any longer."""
    connection.close()
    with connection._nodb_cursor() as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def is_there(name: str) -> bool:
    """Whether there is a database of that name."""
    with connection._nodb_cursor() as admin:
        admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return admin.fetchone() is not None


def _replace(admin, name: str, options: str = "") -> None:
    admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    admin.execute(f'CREATE DATABASE "{name}" {options}')


def _make_template(admin) -> None:
    _replace(admin, TEMPLATE)
    named = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = TEMPLATE
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = named
    admin.execute(f"COMMENT ON DATABASE \"{TEMPLATE}\" IS '{_digest()}'")


def _made_from(admin) -> str | None:
    """Return the digest that the template was made from, None if there is none or half of one."""
    admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [TEMPLATE],
    )
    (comment,) = admin.fetchone() or (None,)
    return comment


def _digest() -> str:
    paths = sorted(path for pattern in _MADE_FROM for path in ROOT.glob(pattern))
    return sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()
