"""Every rule of a cell, through a file: the sentence says what is allowed or what to do."""

import csv
import io

import pytest

from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from schools.several.files import COLUMNS, File, rows_of
from tests.registrations import AUTHOR
from tests.schools.several.people import shared

pytestmark = pytest.mark.usefixtures("trs")

ZOFIA = {
    "trn": "4000006",
    "date_of_birth": "11/2/1999",
    "email": "zofia@oak.example.com",
    "started_on": "1/9/2026",
    "working_pattern": "Full time",
}
NOT_FOUND = "We cannot find a teacher with this TRN. Check the TRN"
FORMAT = "Enter an email address in the correct format, like name@example.com"
MENTOR = "Enter the TRN of a mentor who is registered at your school, or leave it blank"
NI = "Enter a National Insurance number in the correct format, like QQ 12 34 56 C"
SHORTENED = "the spreadsheet has shortened the number. Format the column as text and type all"
RULES = [
    ("trn", "", "Enter the teacher reference number (TRN)"),
    ("trn", "12", "must include at least 5 digits"),
    ("trn", "12345678", "must include no more than 7 digits"),
    ("trn", "9999999", NOT_FOUND),
    ("trn", "4.00E+06", SHORTENED),
    ("trn", "4000006.5", "must not have decimals"),
    ("date_of_birth", "", "Enter their date of birth"),
    ("date_of_birth", "31/2/1999", "must be a real date: that month has no such day"),
    ("date_of_birth", "2/13/1999", "is the month first? Type the day first, like 13/2/1999"),
    ("date_of_birth", "unknown", "must be a date like 31/3/1998, not “unknown”"),
    ("date_of_birth", "12/2/1999", "Check it, or give their National Insurance number as well"),
    ("date_of_birth", "11/2/2030", "must be at least 18 years ago: check the year"),
    ("date_of_birth", "11/2/1899", "must have a year after 1899"),
    ("national_insurance_number", "12345", NI),
    ("corrected_name", "1234", "must include letters"),
    ("corrected_name", "www.example.com Lis", "must be a name alone, without an address"),
    ("corrected_name", "x" * 300, "must be 70 characters or fewer"),
    ("email", "", "Enter the email address"),
    ("email", "zofia", FORMAT),
    ("email", "zofia@oak", FORMAT),
    ("started_on", "", "Enter the date they started or will start"),
    ("started_on", "soon", "Start date must be a date like 17/9/2026, not “soon”"),
    ("started_on", "9/13/2026", "is the month first? Type the day first, like 13/9/2026"),
    ("started_on", "31/6/2026", "must be a real date: that month has no such day"),
    ("started_on", "1/9/2019", "must be 1 June 2024 or later"),
    ("started_on", "1/9/2029", "must be 31 May 2028 or earlier. Check the year"),
    ("working_pattern", "", "Select if they work full time or part time"),
    ("working_pattern", "sometimes", "must be full time or part time"),
    ("appropriate_body", "Nobody", "an appropriate body that your school can choose"),
    ("training_programme", "Core", "must be provider-led or school-led"),
    ("lead_provider", "Nobody Ltd", "Lead provider must be one of "),
    ("mentor_trn", "1", "must include at least 5 digits"),
    ("mentor_trn", "7654321", MENTOR),
    ("mentor_trn", "1.23E+06", SHORTENED),
]
#: People of whom TRS says something: all were born on one day.
PEOPLE = [
    ("7000001", "ok", None),
    ("7000003", "blocked", "cannot be registered as an ECT"),
    ("7000004", "needs_attention", "Ask them to find out from the Teaching Regulation Agency"),
    ("7000007", "blocked", "has completed their induction"),
    ("7000008", "blocked", "has failed their induction"),
    ("7000009", "blocked", "is exempt from induction"),
]


def checked(world, cells, choices=None):
    """Return the row of a file with these cells, as the check left it."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerow([cells.get(column.key, "") for column in COLUMNS])
    table = File("ects.csv", stream.getvalue().encode()).read()
    batch = start_batch(
        world.oak,
        choices=shared(world) if choices is None else choices,
        author=AUTHOR,
        rows=rows_of(table),
    )
    tasks.check_batch(str(batch.pk))
    return batch.rows.get()


@pytest.mark.parametrize(("cell", "text", "said"), RULES)
def test_a_cell_is_refused_by_name_and_says_what_is_allowed(world, cell, text, said):
    row = checked(world, {**ZOFIA, cell: text})

    assert row.state == "needs_attention"
    ((at, told),) = row.problems
    assert at == cell
    assert said in told


@pytest.mark.parametrize(("trn", "state", "said"), PEOPLE)
def test_what_trs_says_of_a_person_decides(world, trn, state, said):
    row = checked(world, {**ZOFIA, "trn": trn, "date_of_birth": "3/2/1977"})

    assert row.state == state
    assert (said or "") in "".join(text for _cell, text in row.problems)


def test_the_lead_providers_are_named(world):
    row = checked(world, {**ZOFIA, "lead_provider": "Nobody Ltd"})

    assert world.larch.name in row.problems[0][1]


def test_a_lead_provider_of_school_led_training_is_to_be_left_blank(world):
    given = {"training_programme": "School-led", "lead_provider": world.larch.name}
    row = checked(world, {**ZOFIA, **given})

    assert row.problems == [
        ["lead_provider", "Leave the lead provider blank for school-led training"]
    ]


def test_what_nobody_chose_is_asked_for(world):
    row = checked(world, ZOFIA, choices={})

    assert row.problems == [
        ["appropriate_body", "Select the appropriate body that will support the induction"],
        ["training_programme", "Select if the training is provider-led or school-led"],
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"trn": "RP40/00006", "started_on": "46266"},  # a day as Excel counts
        {"date_of_birth": "1999-02-11", "started_on": "September 1, 2026"},
        {"working_pattern": "FULL-TIME", "email": " zofia@oak.example.com "},
    ],
)
def test_cells_are_read_however_they_are_written(world, cells):
    row = checked(world, {**ZOFIA, **cells})

    assert (row.state, row.problems) == ("ok", [])
