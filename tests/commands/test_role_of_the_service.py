"""The service needs no superuser: a role that owns its database alone migrates and serves it."""

import os
import re
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from tests.web.sick import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = ROOT / "docker" / "create-service-role.sh"


@pytest.fixture
def url():
    """A database of a role such as the container's script makes, without its password."""
    host = connection.settings_dict["HOST"]
    sql = re.search(r"<<'SQL'\n(.*)\nSQL", SCRIPT.read_text(), re.DOTALL)[1]
    name = f"{connection.settings_dict['NAME']}_service"
    commands = sql.replace("register_ects", name).replace(":'password'", "'secret'")
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'DROP ROLE IF EXISTS "{name}"')
        for command in filter(None, map(str.strip, commands.split(";"))):
            admin.execute(command)
    yield f"postgresql://{name}@{host.replace('/', '%2F')}/{name}"
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.execute(f'DROP ROLE "{name}"')


def test_a_role_that_is_no_superuser_migrates_and_loads_the_reference_data(url):
    for command in ("migrate", "load_reference_data"):
        finished = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr

    with psycopg.connect(url) as database:
        assert database.execute("SELECT count(*) FROM contract_period").fetchone()[0] > 0
        assert database.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = user"
        ).fetchone() == (False,)
