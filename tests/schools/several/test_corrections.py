"""The rows of a list as a file: corrected in a spreadsheet, it takes the place of the list."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from register_ects.models import RegistrationBatch
from register_ects.operations.batches.held import held_by
from schools.several.files import COLUMNS
from tests.schools.several.people import SEVERAL, begin, shared, typed

pytestmark = pytest.mark.usefixtures("trs")

HEAD = "TRN,Date of birth,Email,Start date,Working pattern,First name,Nickname"
GOOD = "4000006,11/02/1999,zofia@oak.example.com,01/09/2026,full-time,=Zofia,Z"
BAD = "0012345,31/02/1999,bad@oak.example.com,1 Sept 2026,sometimes,,"


@pytest.fixture
def batch(world, oak, work):
    """A list of one person who is ready, and one who needs changes."""
    upload(oak, world, "\r\n".join((HEAD, GOOD, BAD)).encode())
    work()
    return RegistrationBatch.objects.get()


def upload(browser, world, content, *, name="ects.csv", replaces="", **chosen):
    page = browser.get(f"{SEVERAL}/upload{replaces}")
    choices = chosen or shared(world)
    return browser.submit(page, {**choices, "file": SimpleUploadedFile(name, content)})


def sent(browser, batch, kind="csv"):
    return browser.get(f"{SEVERAL}/{batch.pk}/problems.{kind}").response.content


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_whoever_needs_changes_comes_first_with_all_cells(batch, oak):
    bad, good = lines(sent(oak, batch))

    assert list(bad) == ["Line", "Problem", *(column.heading for column in COLUMNS)]
    assert (bad["Line"], good["Line"]) == ("3", "2")
    assert "Working pattern: Working pattern must be full time or part time" in bad["Problem"]
    assert "Date of birth: " in bad["Problem"]
    assert good["Problem"] == ""
    assert (bad["TRN"], bad["Date of birth"]) == ("0012345", "31/02/1999")
    assert bad["Start date"] == "1/9/2026"
    assert good["First name"] == "'=Zofia"  # never a formula
    assert (good["Date of birth"], good["Lead provider"]) == ("11/2/1999", "")


def test_the_list_leads_to_both_files_and_to_the_upload(batch, oak):
    page = oak.get(f"{SEVERAL}/{batch.pk}")

    for text in ("Download the rows to correct (Excel)", "or as CSV", "Upload the corrected file"):
        (link,) = [each for each in page.select("a") if each.text == text]
        assert oak.get(link["href"]).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_read_as_it_was_written_and_takes_the_place_of_the_list(
    batch, world, oak, work, kind
):
    before = {row.number: held_by(row).cells for row in batch.rows.all()}
    content = sent(oak, batch, kind)

    upload(oak, world, content, name=f"back.{kind}", replaces=f"?replaces={batch.pk}")
    work()

    batch.refresh_from_db()
    assert batch.state == "discarded"
    again = RegistrationBatch.objects.get(state="ready")
    cells = [held_by(row).cells for row in again.rows.all()]
    assert cells == [before[3], before[2]]
    assert [row.state for row in again.rows.all()] == ["needs_attention", "ok"]


def test_what_was_chosen_on_a_page_is_written_in_words(world, oak, work):
    _, batch = begin(oak, world)
    oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/add"), typed(world))

    (line,) = lines(sent(oak, batch))

    assert line["Appropriate body"] == world.hub.name
    assert line["Training programme"] == "Provider-led"
    assert line["Lead provider"] == world.larch.name
    assert line["Working pattern"] == "Full time"
    assert line["Start date"] == "1/9/2026"


def test_what_was_shared_is_chosen_already_for_the_corrected_file(batch, world, oak):
    page = oak.get(f"{SEVERAL}/upload?replaces={batch.pk}")

    chosen = page.select_one("select[name=appropriate_body] option[selected]")
    assert chosen["value"] == str(world.hub.pk)


def test_somebody_else_replaces_and_reads_nothing(batch, world, sign_in):
    elm = sign_in(world.elm)
    page = elm.get(f"{SEVERAL}/upload?replaces={batch.pk}")
    assert not page.select(f"option[value='{world.hub.pk}'][selected]")

    upload(elm, world, "\r\n".join((HEAD, GOOD)).encode(), replaces=f"?replaces={batch.pk}")

    batch.refresh_from_db()
    assert batch.state == "ready"
