"""A school uploads a file of ECTs: read, checked, mended and registered (spec 05 §20.2)."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from register_ects.models import ECTAtSchoolPeriod, RegistrationBatch, RegistrationBatchRow
from tests.schools.several.people import SEVERAL, shared
from tests.uploads.files import saved

pytestmark = pytest.mark.usefixtures("trs")

HEAD = "TRN,Date of birth,Email,Start date,Working pattern"
ZOFIA = "4000006,11/02/1999,zofia@oak.example.com,01/09/2026,full-time"


def send(browser, world, *lines, name="ects.csv", address=f"{SEVERAL}/upload"):
    """Upload a file of these lines; what is shared is chosen on the page."""
    file = SimpleUploadedFile(name, "\r\n".join(lines).encode())
    return browser.submit(browser.get(address), {**shared(world), "file": file})


def problems():
    return {
        row.number: (row.state, dict(row.problems)) for row in RegistrationBatchRow.objects.all()
    }


def test_a_file_is_checked_and_confirmed(world, oak, work):
    page = send(oak, world, HEAD, ZOFIA).follow()
    assert page.h1 == "We are checking your list"
    assert page.response["Refresh"] == "10"
    assert "Refresh this page" in page.text
    work()

    page = oak.get(page.response.request["PATH_INFO"])
    assert "1 person is ready" in page.text
    seen = page.select_one("input[name=seen]")["value"]
    oak.post(page.select_one("form[action$=confirm]")["action"], {"seen": seen})
    work()

    placement = ECTAtSchoolPeriod.objects.get()
    assert placement.email == "zofia@oak.example.com"
    assert placement.school_reported_appropriate_body == world.hub


def test_what_is_wrong_is_said_by_line_and_cell(world, oak, work):
    send(
        oak,
        world,
        HEAD,
        ZOFIA,
        "4000006,11/02/1999,zofia.lis@oak.example.com,01/09/2026,full time",
        "9999999,11/02/1999,nobody@oak.example.com,01/09/2026,sometimes",
    )
    work()

    found = problems()
    assert found[2][0] == found[3][0] == "blocked"
    assert "more than once" in found[2][1]["trn"]
    assert found[4][0] == "needs_attention"
    assert found[4][1] == {
        "trn": "We cannot find a teacher with this TRN. Check the TRN",
        "working_pattern": "Working pattern must be full time or part time, not “sometimes”",
    }
    address = f"{SEVERAL}/{RegistrationBatch.objects.get().pk}/problems.csv"
    sent = oak.get(address).response.content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(sent)))
    told = {line["Line"]: line["Problem"] for line in lines}
    assert "Working pattern: Working pattern must be full time or part time" in told["4"]


def test_where_a_column_has_the_month_first_no_date_of_it_is_guessed(world, oak, work):
    send(
        oak,
        world,
        HEAD,
        ZOFIA.replace("01/09/2026", "09/14/2026"),
        ZOFIA.replace("01/09/2026", "09/01/2026"),
        ZOFIA.replace("01/09/2026", "09/09/2026"),
    )
    work()

    found = problems()
    assert "is the month first?" in found[2][1]["started_on"]
    assert "this may be either of two days" in found[3][1]["started_on"]
    assert "date_of_birth" not in found[3][1]
    assert "started_on" not in found[4][1]


def test_a_sheet_that_was_not_read_is_named(world, oak):
    book = Workbook()
    book.active.title = "Autumn"
    for sheet in (book.active, book.create_sheet("Spring")):
        sheet.append(HEAD.split(","))
        sheet.append(ZOFIA.split(","))
    file = SimpleUploadedFile("ects.xlsx", saved(book))

    page = oak.submit(oak.get(f"{SEVERAL}/upload"), {**shared(world), "file": file}).follow()

    assert "We read the sheet “Autumn”" in page.text
    assert "were not read: “Spring”" in page.text


def test_one_row_is_mended_on_a_page_and_its_double_removed(world, oak, work):
    send(oak, world, HEAD, ZOFIA, ZOFIA.replace("zofia@", "z@"))
    work()
    batch = RegistrationBatch.objects.get()

    oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/rows/3/remove"))
    assert problems()[2] == ("ok", {})

    page = oak.get(f"{SEVERAL}/{batch.pk}/rows/2")
    assert page.select_one("#email")["value"] == "zofia@oak.example.com"


def test_what_a_school_information_system_exports_is_read_as_it_is(world, oak, work):
    """It knows no working pattern: that is chosen for all, on the page or on the list."""
    head = "Surname,Forename,DoB,Teacher number,Work email,Start date"
    line = "Lis,Zofia,11/02/1999,4000006,zofia@oak.example.com,01/09/2026"
    file = SimpleUploadedFile("export.csv", f"{head}\r\n{line}".encode())
    answers = {**shared(world), "working_pattern": "part_time", "file": file}

    oak.submit(oak.get(f"{SEVERAL}/upload"), answers)
    work()

    assert problems() == {2: ("ok", {})}
    assert "part time" in RegistrationBatchRow.objects.get().will_do


def test_without_a_working_pattern_it_is_asked_for(world, oak, work):
    send(oak, world, "TRN,DoB,Email,Start date", ZOFIA.rpartition(",")[0])
    work()

    ((state, found),) = problems().values()
    assert (state, found) == (
        "needs_attention",
        {"working_pattern": "Select if they work full time or part time"},
    )


def test_headings_that_nobody_knows_are_asked_about(world, oak, work):
    page = send(oak, world, HEAD.replace("Start date", "Xyz"), ZOFIA).follow()
    assert page.h1 == "Which column is which?"

    chosen = {
        f"column-{letter}": key
        for letter, key in zip(
            "ABCDE", ("trn", "date_of_birth", "email", "started_on", "working_pattern"), strict=True
        )
    }
    oak.submit(page, chosen)
    work()

    assert problems() == {2: ("ok", {})}
    assert bytes(RegistrationBatch.objects.get().held) == b""


def test_the_same_file_twice_is_pointed_out_and_taken(world, oak):
    send(oak, world, HEAD, ZOFIA)

    again = send(oak, world, HEAD, ZOFIA).follow()

    assert "uploaded the same file on" in again.text
    assert RegistrationBatch.objects.count() == 2


def test_more_than_500_rows_are_refused(world, oak):
    page = send(oak, world, HEAD, *[ZOFIA] * 501)

    assert page.status_code == 422
    assert "more than 500 rows" in " ".join(page.errors.values())
    assert not RegistrationBatch.objects.exists()


def test_no_file_is_asked_for(world, oak):
    assert oak.get(f"{SEVERAL}/upload").errors == {}

    page = oak.submit(oak.get(f"{SEVERAL}/upload"), shared(world))

    assert list(page.errors.values()) == ["Select a CSV file or an Excel workbook (.xlsx)"]


def test_a_corrected_file_takes_the_place_of_the_list(world, oak, work):
    send(oak, world, HEAD, ZOFIA.replace("4000006", "9999999"))
    work()
    first = RegistrationBatch.objects.get()

    send(oak, world, HEAD, ZOFIA, address=f"{SEVERAL}/upload?replaces={first.pk}")

    first.refresh_from_db()
    assert first.state == "discarded"
    assert not first.rows.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_is_read_again(world, oak, kind):
    sent = oak.get(f"{SEVERAL}/template.{kind}").response
    file = SimpleUploadedFile(f"t.{kind}", sent.content)

    page = oak.submit(oak.get(f"{SEVERAL}/upload"), {**shared(world), "file": file})

    assert list(page.errors.values()) == ["The file has headings and no rows beneath them"]
