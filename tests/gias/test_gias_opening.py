"""Which establishments get a school of our own: judged for each, not for the import."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from register_ects.gias.importer import import_register
from register_ects.models import Event, GIASSchool, School
from tests.factories import GIASSchoolFactory, GIASSchoolLinkFactory, SchoolFactory
from tests.gias.extracts import COLUMNS, a_row

NO_DATE = ""


@pytest.fixture
def importing(write, write_links):
    """Import rows, and links if there are any; return the report."""

    def import_rows(*rows, links=()):
        path = write(list(rows), columns=[*COLUMNS, "LastChangedDate"])
        return import_register(path, links_path=write_links(*links) if links else None)

    return import_rows


def opened():
    return set(School.objects.values_list("gias_school", flat=True))


def events():
    return list(Event.objects.filter(event_type="school_opened").values_list("heading", flat=True))


def test_the_first_import_opens_a_school_for_each_open_establishment_without_events(importing):
    report = importing(
        a_row(1),
        a_row(2, status="Open, but proposed to close"),
        a_row(3, type="Other independent school"),
        a_row(4, status="Closed", closed="31-08-2023"),
    )

    assert report.schools_opened == 3
    assert opened() == {1, 2, 3}
    assert not Event.objects.exists()


def test_a_school_that_opens_later_gets_a_record_and_an_event_at_its_opening(importing):
    importing(a_row(1))

    report = importing(a_row(1), a_row(2, name="New School", opened="01-09-2023"))

    event = Event.objects.get(event_type="school_opened")
    assert report.schools_opened == 1
    assert event.school == School.objects.get(gias_school=2)
    assert event.heading == "New School (2) opened"
    assert event.happened_at.astimezone().date() in (date(2023, 8, 31), date(2023, 9, 1))


def test_what_a_first_file_lacked_is_opened_by_the_next_though_links_tell_of_its_past(importing):
    """A first file may be incomplete; the schools it lacked have been there all the time."""
    day = "16-11-2023"
    importing(a_row(1, LastChangedDate=day), a_row(4, LastChangedDate=day))

    report = importing(
        a_row(1, LastChangedDate=day),
        a_row(2, LastChangedDate=day, opened="01-04-2012"),
        a_row(3, LastChangedDate=day, opened="", status="Open, but proposed to close"),
        a_row(4, LastChangedDate=day),
        links=[
            (2, 900, "Predecessor", "01-04-2012"),
            (3, 1, "Successor", NO_DATE),
            (4, 3, "Predecessor", NO_DATE),
        ],
    )

    assert report.schools_opened == 2
    assert opened() == {1, 2, 3, 4}
    assert events() == []


def test_new_and_long_known_schools_in_one_file_are_told_apart(importing):
    importing(a_row(1, LastChangedDate="16-11-2023"))

    importing(
        a_row(1, LastChangedDate="17-06-2024"),
        a_row(2, name="Old", opened="16-11-2023"),
        a_row(3, name="New", opened="17-11-2023"),
    )

    assert opened() == {1, 2, 3}
    assert events() == ["New (3) opened"]


@pytest.mark.parametrize("direction", ["from", "to"])
def test_who_stands_to_inherit_a_closed_schools_record_is_left(importing, direction):
    importing(a_row(1))
    ends = (2, 1, "Predecessor", NO_DATE) if direction == "from" else (1, 2, "Successor", NO_DATE)

    report = importing(a_row(1, status="Closed", closed="31-08-2023"), a_row(2), links=[ends])

    assert (report.schools_opened, report.schools_left) == (0, 1)
    assert opened() == {1}


def test_a_failed_night_is_made_good_by_the_next_import(importing):
    importing(a_row(1))
    GIASSchoolFactory(urn=2)

    assert importing(a_row(1)).schools_opened == 1


def repair():
    out = io.StringIO()
    call_command("repair_schools", stdout=out)
    return out.getvalue().splitlines()


def test_repair_opens_eligible_open_establishments_without_a_school():
    SchoolFactory(gias_school__urn=1)
    GIASSchoolFactory(urn=2, eligible=True)
    GIASSchoolFactory(urn=3, eligible=True, status="proposed_to_close")
    GIASSchoolFactory(urn=4, eligible=False)
    GIASSchoolFactory(urn=5, closed=True)
    GIASSchoolLinkFactory(urn=GIASSchool.objects.get(urn=2), link_urn=999, link_type="Predecessor")

    assert repair() == ["Schools opened in this service: 2"]
    assert opened() == {1, 2, 3}
    assert repair() == ["Schools opened in this service: 0"]


def test_repair_leaves_the_heir_of_a_closed_school_and_says_so():
    SchoolFactory(gias_school__urn=1, gias_school__closed=True)
    successor = GIASSchoolFactory(urn=2, eligible=True)
    GIASSchoolLinkFactory(urn=successor, link_urn=1, link_type="Predecessor")

    assert repair() == [
        "Schools opened in this service: 0",
        "Left, because a closed school’s record is to move to them: 1",
    ]
    assert opened() == {1}
