"""A rehearsal: what is restored is what was backed up, row by row, and nothing is overwritten."""

import json
import os

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from register_ects.backups import MANIFEST, table_sums
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

    with pytest.raises(CommandError, match="teacher differ"):
        call_command("restore", str(backup), into=elsewhere)


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
