"""A rehearsal: what is restored is what was backed up, row by row, and nothing is overwritten."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from register_ects.backups import _HELD, DUMP, MANIFEST, RESTORES, table_sums
from register_ects.embedded import ROOT
from register_ects.management.commands.backup import libpq_parameters
from register_ects.models import Teacher
from register_ects.projections.rebuild import rebuild_everything
from tests.factories import DeclarationFactory, InductionPeriodFactory, TrainingPeriodFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def facts():
    """People with training, inductions and declarations, shown to their providers."""
    TrainingPeriodFactory.create_batch(3)
    InductionPeriodFactory.create_batch(2)
    DeclarationFactory()
    rebuild_everything()


@pytest.fixture
def elsewhere():
    """The address of an empty database beside the one of the tests."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    host = connection.settings_dict["HOST"].replace("/", "%2F")
    yield f"postgresql://postgres@{host}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.usefixtures("facts")
def test_what_is_restored_is_what_was_backed_up(tmp_path, elsewhere, capsys):
    backup = tmp_path / "backup"

    call_command("backup", str(backup))
    call_command("restore", str(backup), into=elsewhere)

    said = capsys.readouterr().out
    assert "Everything that is stored equals the facts." in said
    with psycopg.connect(**libpq_parameters()) as here, psycopg.connect(elsewhere) as there:
        original, restored = table_sums(here), table_sums(there)
    del original["projection_state"], restored["projection_state"]  # verified just now
    assert restored == original
    assert restored["teacher"].rows == Teacher.objects.count() > 0
    assert restored["shown_resource"].rows > 0
    assert oct(backup.stat().st_mode & 0o777) == "0o700"


@pytest.mark.usefixtures("facts")
def test_a_restored_database_keeps_its_promises(tmp_path, elsewhere):
    call_command("backup", str(tmp_path / "backup"))
    call_command("restore", str(tmp_path / "backup"), into=elsewhere)

    with psycopg.connect(elsewhere) as there, pytest.raises(psycopg.errors.IntegrityError):
        there.execute("UPDATE training_period SET finished_on = started_on - 1")


@pytest.mark.usefixtures("facts")
def test_a_database_that_holds_something_is_left_alone(tmp_path):
    call_command("backup", str(tmp_path / "backup"))

    with pytest.raises(CommandError, match="holds something already"):
        call_command("restore", str(tmp_path / "backup"))

    assert Teacher.objects.exists()


def test_a_backup_never_replaces_another(tmp_path):
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(tmp_path))


def test_a_directory_without_a_backup_is_refused(tmp_path, elsewhere):
    with pytest.raises(CommandError, match="holds no backup"):
        call_command("restore", str(tmp_path), into=elsewhere)


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no address of a database"):
        call_command("restore", str(tmp_path), into="postgresql://a b:c")


def test_a_backup_that_was_changed_is_noticed(tmp_path, elsewhere):
    backup = tmp_path / "backup"
    call_command("backup", str(backup))
    facts = json.loads((backup / MANIFEST).read_text())
    facts["tables"]["teacher"] = [7, "12345"]
    (backup / MANIFEST).write_text(json.dumps(facts))

    with pytest.raises(CommandError, match=r"teacher differ\. Nothing was restored"):
        call_command("restore", str(backup), into=elsewhere)

    assert everything_in(elsewhere) == []


def restored_whole(backup, elsewhere):
    """Restore; say whether every table is as it is here."""
    call_command("restore", str(backup), into=elsewhere)
    with psycopg.connect(**libpq_parameters()) as here, psycopg.connect(elsewhere) as there:
        original, restored = table_sums(here), table_sums(there)
    del original["projection_state"], restored["projection_state"]  # verified just now
    return original == restored


def everything_in(elsewhere):
    with psycopg.connect(elsewhere) as there:
        return [name for (name,) in there.execute(_HELD)]


@pytest.mark.usefixtures("facts")
def test_a_damaged_dump_leaves_nothing_and_another_can_be_restored(tmp_path, elsewhere):
    good, damaged = tmp_path / "good", tmp_path / "damaged"
    call_command("backup", str(good))
    shutil.copytree(good, damaged)
    parts = sorted((damaged / DUMP).glob("*.dat*"), key=lambda part: part.stat().st_size)
    parts[-1].write_bytes(parts[-1].read_bytes()[:-200])

    with pytest.raises(CommandError, match="Nothing was restored, and the database is as empty"):
        call_command("restore", str(damaged), into=elsewhere)

    assert everything_in(elsewhere) == []
    assert restored_whole(good, elsewhere)


@pytest.mark.usefixtures("facts")
def test_a_restore_that_is_killed_leaves_nothing_and_can_be_done_again(tmp_path, elsewhere):
    backup = tmp_path / "backup"
    call_command("backup", str(backup))
    name = elsewhere.rpartition("/")[2]
    killed = []

    def kill():
        with psycopg.connect(**libpq_parameters(), autocommit=True) as watching:
            for _ in range(1_000):
                killed.extend(
                    watching.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                        " AND application_name = %s AND query ~ 'CREATE (TABLE|INDEX)'",
                        [name, RESTORES],
                    )
                )
                if killed:
                    return
                time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(CommandError, match="Nothing was restored"):
        call_command("restore", str(backup), into=elsewhere)
    killer.join()

    assert killed
    assert everything_in(elsewhere) == []
    assert restored_whole(backup, elsewhere)


@pytest.mark.usefixtures("facts")
def test_a_restore_whose_process_is_killed_leaves_nothing(tmp_path, elsewhere):
    backup = tmp_path / "backup"
    call_command("backup", str(backup))
    name = elsewhere.rpartition("/")[2]
    running = subprocess.Popen(
        [sys.executable, "manage.py", "restore", str(backup), "--into", elsewhere], cwd=ROOT
    )

    with psycopg.connect(**libpq_parameters(), autocommit=True) as watching:

        def is_restoring(what):
            query = "SELECT FROM pg_stat_activity WHERE datname = %s AND query ~ %s"
            return watching.execute(query, [name, what]).rowcount

        for _ in range(6_000):
            if is_restoring("CREATE TABLE"):
                break
            time.sleep(0.01)
        running.kill()
        assert running.wait() == -9
        for _ in range(1_000):
            if not is_restoring("."):
                break
            time.sleep(0.01)
        time.sleep(1)  # for whatever might go on without its parent

    assert everything_in(elsewhere) == []
    assert restored_whole(backup, elsewhere)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "CREATE FUNCTION left_over() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "function left_over",
        ),
        ("CREATE TYPE mood AS ENUM ('good')", "type mood"),
        ("CREATE SEQUENCE numbers", "relation numbers"),
        ("CREATE VIEW one AS SELECT 1 AS one", "relation one"),
        ("CREATE SCHEMA another", "schema another"),
    ],
)
def test_a_database_is_empty_only_without_whatever_a_restore_may_meet(
    tmp_path, elsewhere, statement, named
):
    call_command("backup", str(tmp_path / "backup"))
    with psycopg.connect(elsewhere) as there:
        there.execute(statement)

    with pytest.raises(CommandError, match=named):
        call_command("restore", str(tmp_path / "backup"), into=elsewhere)


@pytest.mark.usefixtures("facts")
def test_extensions_that_are_there_already_do_not_matter(tmp_path, elsewhere):
    call_command("backup", str(tmp_path / "backup"))
    with psycopg.connect(elsewhere) as there:
        there.execute("CREATE EXTENSION citext")

    assert restored_whole(tmp_path / "backup", elsewhere)


def test_a_directory_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError) as refused:
        call_command("backup", str(tmp_path / "file" / "backup"))

    assert "cannot be written (Not a directory): nothing was backed up" in str(refused.value)
    assert "Errno" not in str(refused.value)


def test_nothing_is_left_of_a_backup_that_failed(tmp_path, monkeypatch):
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "pg_dump").write_text(
        "#!/bin/sh\ncase $1 in --version) echo 'pg_dump (PostgreSQL) 99.0';; "
        "*) echo 'no space left' >&2; exit 1;; esac\n"
    )
    (broken / "pg_dump").chmod(0o755)
    monkeypatch.setattr("register_ects.backups._candidates", lambda name: [str(broken / name)])

    with pytest.raises(CommandError, match="pg_dump failed: no space left"):
        call_command("backup", str(tmp_path / "backup"))

    assert sorted(os.listdir(tmp_path)) == ["bin"]


def test_an_older_program_than_the_server_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr("register_ects.backups._candidates", lambda _name: [])

    with pytest.raises(CommandError, match="sudo apt install postgresql-client-"):
        call_command("backup", str(tmp_path / "backup"))
