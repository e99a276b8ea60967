"""No operation, page or API call reads a table that grows from end to end.

Every line of the benchmark runs once on a population that PostgreSQL plans for as for the whole
country (conftest.py), with the plan of every query looked at: those of triggers too.
"""

import inspect
import pkgutil
import re
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.urls import get_resolver

import register_ects.operations
from providers.openapi.document import document
from register_ects.models import Declaration, Teacher
from tests.performance import pages, reads, subjects
from tests.performance.conftest import TODAY
from tests.performance.journeys import walked
from tests.performance.looking import (
    api_client,
    browser_of,
    look_at_operation,
    look_at_page,
    look_at_request,
)
from tests.performance.operations import OPERATIONS, PARTS_OF_OTHERS
from tests.performance.pages import PAGES
from tests.performance.plans import BY_A_TEST, Scan, watched
from tests.performance.reads import READS

pytestmark = pytest.mark.usefixtures("population", "_that_day")


@pytest.fixture
def _that_day(on: Any) -> None:
    on(TODAY)


def complain(scans: list[Scan]) -> str:
    return "\n".join(sorted({f"{scan}" for scan in scans}))


# -- What is asked, and how --------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_no_operation_reads_a_whole_table(operation):
    (subject,) = subjects.first(1, operation)

    scans = look_at_operation(operation, subject)

    assert not scans, complain(scans)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_reads_a_whole_table(page):
    scans = look_at_page(page)

    assert not scans, complain(scans)


def test_no_page_of_a_journey_reads_a_whole_table(trs):
    names = set()
    with watched() as scans:
        for name, browser, path in walked():
            assert browser.client.get(path).status_code == 200, name
            names.add(name.partition(":")[0])

    assert names == {
        "Register an ECT",
        "Register a mentor",
        "Assign a mentor",
        "Report that an ECT leaves",
        "Report that a mentor leaves",
        "Move an ECT",
        "Move a mentor",
        "Change the induction tutor",
        "Change a name",
        "Change a start date",
        "Change an appropriate body",
        "Change a working pattern",
        "Change an email address",
        "Change a lead provider",
        "Change a training programme",
        "Change a mentor",
        "For several ECTs, give-mentor",
        "For several ECTs, change-lead-provider",
        "For several ECTs, change-appropriate-body",
        "Claim an ECT",
        "Record a fail",
    }
    ours = [scan for scan in scans if scan.caller != BY_A_TEST]
    assert not ours, complain(ours)


@pytest.mark.parametrize("read", READS, ids=lambda read: read.name)
def test_no_read_of_the_api_reads_a_whole_table(read):
    client, provider = api_client()

    scans = look_at_request(client, read.address(provider))

    assert not scans, complain(scans)


# -- That nothing is left out ------------------------------------------------------------------


def test_every_operation_is_measured():
    found = set()
    for module in pkgutil.walk_packages(
        register_ects.operations.__path__, prefix="register_ects.operations."
    ):
        contents = vars(import_module(module.name))
        found |= {
            function
            for name, function in contents.items()
            if not name.startswith("_")
            and inspect.isfunction(function)
            and hasattr(function, "__wrapped__")
            and "operation.<locals>" in str(function.__code__.co_qualname)
        }

    assert found == {each.function for each in OPERATIONS} | set(PARTS_OF_OTHERS)


@pytest.mark.parametrize("area", ["schools", "appropriate_bodies", "finance", "support"])
def test_every_page_is_measured(area):
    namespaces = get_resolver().namespace_dict
    names = {name for name in namespaces[area][1].reverse_dict if isinstance(name, str)}
    of_journeys = re.compile(
        r"register-ect|register-mentor|assign-mentor|change-|several-|claim-ect-"
        r"|(confirm-existing|new|update)-induction-tutor-"
    )
    pages_of_area = {f"{area}:{name}" for name in names if not of_journeys.match(name)}

    measured = {page.view for page in PAGES} | set(pages.NOT_MEASURED)

    assert pages_of_area - measured == set()


def test_every_read_of_the_api_is_measured():
    described = {
        re.sub(r"\{[^}]*\}", "{}", path.removeprefix(reads.API))
        for path, methods in document()["paths"].items()
        if "get" in methods
    }

    assert described == {read.path for read in READS} | set(reads.NOT_MEASURED)


# -- That it notices ---------------------------------------------------------------------------


def _by_an_unindexed_column() -> Any:
    return Teacher.objects.filter(corrected_name="Robin").first()


def _by_either_of_two_tables() -> Any:
    person = Teacher.objects.order_by("pk")[0]
    asked = Q(teacher=person) | Q(mentorship_period__mentor_teacher=person)
    return list(Declaration.objects.filter(asked).values_list("pk", flat=True))


def _in_a_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE FUNCTION look_around() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM declaration WHERE evidence_type = NEW.trn;
                RETURN NEW;
            END $$;
            CREATE TRIGGER look_around BEFORE UPDATE ON teacher
                FOR EACH ROW EXECUTE FUNCTION look_around();
            """
        )
    Teacher.objects.filter(pk=Teacher.objects.order_by("pk")[0].pk).update(corrected_name="Kim")


@pytest.mark.parametrize(
    ("planted", "table"),
    [
        (_by_an_unindexed_column, "teacher"),
        (_by_either_of_two_tables, "declaration"),
        (_in_a_trigger, "declaration"),
        (lambda: Teacher.objects.count(), "teacher"),
    ],
    ids=["a column without index", "or across two tables", "inside a trigger", "counting people"],
)
def test_a_planted_scan_is_noticed_with_table_and_query(planted, table):
    with watched() as scans:
        planted()

    assert table in {scan.table for scan in scans}
    assert all("SELECT" in scan.sql or "PERFORM" in scan.sql for scan in scans)


def test_finding_a_few_rows_by_their_keys_is_no_scan():
    with watched() as scans:
        person = Teacher.objects.get(pk=Teacher.objects.order_by("pk")[0].pk)
        list(person.declarations.select_related("training_period__school"))
        list(Teacher.objects.order_by("-created_at", "-pk")[:20])

    assert not scans, complain(scans)


def test_the_line_that_asked_is_named():
    class Page:
        who = staticmethod(subjects.staff)

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX teachers_newest_first")
    scans = look_at_request(browser_of(Page).client, "/admin/teachers")

    assert {scan.caller.partition(":")[0] for scan in scans} == {"register_ects/web/long_lists.py"}
