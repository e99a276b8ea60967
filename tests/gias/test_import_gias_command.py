"""The command: what it prints, how it ends, that two never run at once."""

import io

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from register_ects.gias.importer import _LOCK
from register_ects.models import GIASSchool
from tests.gias.extracts import COLUMNS, a_row


@pytest.fixture
def run():
    """Run the command; return what it printed on standard output and on standard error."""

    def run_command(*arguments):
        out, err = io.StringIO(), io.StringIO()
        call_command("import_gias", *map(str, arguments), stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run_command


def test_prints_the_counts_and_reasons(run, write, write_links):
    rows = [a_row(1), a_row(2, type="Welsh establishment"), a_row(3, opened="soon")]
    rows += [a_row(urn) for urn in range(200_000, 200_100)]

    out, err = run(write(rows, name="register.csv.gz"), "--links", write_links((1, 2, "Other", "")))

    assert out.splitlines() == [
        "Establishments created: 101",
        "Establishments updated: 0",
        "Establishments closed: 0 (also counted as updated)",
        "Establishments unchanged: 0",
        "Establishments skipped: 2",
        "  not in England: 1",
        "  malformed: 1",
        "    line 4: OpenDate: 'soon' is not a date (dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd)",
        "Schools opened in this service: 101",
        "Changes of eligibility: 0",
        "Links created: 1",
        "Links updated: 0",
        "Links unchanged: 0",
        "Links skipped: 0",
    ]
    assert err.strip() == "Warnings: 1. The rest was imported."


def test_a_refused_file_is_a_command_error(run, write):
    with pytest.raises(CommandError, match="missing required columns: URN"):
        run(write([a_row()], columns=COLUMNS[1:]))


def test_two_imports_never_run_at_once(run, write):
    register = write([a_row()])
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        with pytest.raises(CommandError, match="Another import of the register is running"):
            run(register)

    assert not GIASSchool.objects.exists()
