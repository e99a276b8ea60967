"""The real register, and real changes of it, from the files in ``data/gias``."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from register_ects.gias.importer import import_register
from register_ects.models import Event, GIASSchool, School
from tests.gias.extracts import as_csv

GIAS = Path(__file__).resolve().parents[2] / "data" / "gias"


def read_rows(name):
    text = gzip.decompress((GIAS / name).read_bytes()).decode("windows-1252")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    return list(reader.fieldnames), list(reader)


@pytest.fixture
def register():
    return import_register(
        GIAS / "edubasealldata.csv.gz", links_path=GIAS / "links_edubasealldata_20240129.csv.gz"
    )


def test_the_real_register_loads_and_then_follows_its_changes(register, write):
    assert (register.malformed.count, register.links.malformed.count) == (0, 0)
    assert (register.ukprn_conflicts, register.warnings.count) == ([], 2)
    assert register.created == GIASSchool.objects.count() == 26_828
    assert register.schools_opened == School.objects.count() == 24_893
    assert GIASSchool.objects.filter(eligible=True).count() == 22_609
    assert not Event.objects.exists()
    assert GIASSchool.objects.get(urn=147296).name.isprintable()
    assert GIASSchool.objects.get(urn=100012).successor.urn == 100021
    changes, closing = follow_the_next_snapshot(write)
    assert changes.malformed.count == 0
    assert (changes.created, changes.closed) == (65, closing)
    assert (changes.schools_opened, changes.schools_left) == (2, 63)
    opening = Event.objects.get(event_type="school_opened")
    assert opening.heading == "Menorah Primary School for Boys (150274) opened"
    assert Event.objects.filter(event_type="school_eligibility_changed").count() > 300
    assert GIASSchool.objects.filter(status="closed").count() == 1_935 + closing


def follow_the_next_snapshot(write):
    """Import the register with the names and statuses of seven months later.

    Return the report, and how many establishments that we hold close in those months.
    """
    columns, rows = read_rows("edubasealldata.csv.gz")
    _, snapshot = read_rows("status_snapshot_20240617.csv.gz")
    later = {row["URN"]: row for row in snapshot}
    held = set(GIASSchool.objects.values_list("urn", flat=True))
    closing = 0
    for row in rows:
        if new := later.get(row["URN"]):
            closes = (
                row["EstablishmentStatus (name)"] != new["EstablishmentStatus (name)"] == "Closed"
            )
            closing += closes and int(row["URN"]) in held
            row["EstablishmentName"] = new["EstablishmentName"]
            row["EstablishmentStatus (name)"] = new["EstablishmentStatus (name)"]
    assert closing > 400
    return import_register(write(as_csv(rows, columns), name="later.csv.gz")), closing
