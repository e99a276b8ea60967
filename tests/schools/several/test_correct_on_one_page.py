"""Several rows corrected on one page, without another upload, by the rules of a file."""

import pytest

from register_ects.models import RegistrationBatch
from register_ects.operations.batches.collecting import remove_row, start_batch
from register_ects.operations.batches.held import held_by
from schools import tasks
from schools.several import correct_views
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")

PATTERN, EMAIL, BORN = "row-3-working_pattern", "row-4-email", "row-4-date_of_birth"


@pytest.fixture
def batch(world):
    """One who is ready, and two who need changes: a pattern nobody knows, an email left out."""
    leo = cells(trn="7000001", date_of_birth="3 2 1977", email="leo@oak.example.com")
    rows = [
        cells(),
        leo | {"working_pattern": "sometimes"},
        leo | {"trn": "7000005", "email": "", "date_of_birth": "30/2/1977"},
    ]
    made = start_batch(
        world.oak, choices=shared(world), author=AUTHOR, rows=enumerate(rows, start=2)
    )
    tasks.check_batch(str(made.pk))
    made.refresh_from_db()
    return made


@pytest.fixture
def where(batch):
    return f"{SEVERAL}/{batch.pk}/correct"


def states(batch):
    return {row.number: row.state for row in batch.rows.all()}


def fields(page):
    return {each["name"]: each["value"] for each in page.select("main fieldset .govuk-input")}


def save(browser, page, changes=None):
    return browser.submit(page, {**fields(page), **(changes or {})})


def test_each_wrong_cell_is_there_with_what_is_wrong_beside_who_it_is(batch, where, oak):
    assert states(batch) == {2: "ok", 3: "needs_attention", 4: "needs_attention"}
    link = oak.get(f"{SEVERAL}/{batch.pk}").select_one(f"a[href$='{where}']")

    page = oak.get(link["href"])

    assert page.select_one("legend").get_text().startswith("Row 3: ")
    assert fields(page) == {
        "row-3-trn": "7000001",
        "row-3-date_of_birth": "3/2/1977",
        PATTERN: "sometimes",
        "row-4-trn": "7000005",
        BORN: "30/2/1977",
        "row-4-national_insurance_number": "",
        EMAIL: "",
    }
    wrong = page.select_one(f"#{PATTERN}-error")
    assert "Working pattern must be full time or part time" in wrong.get_text()
    assert page.select_one(f"#{PATTERN}")["aria-describedby"] == wrong["id"]
    assert not page.title.startswith("Error: ")


def test_what_is_corrected_is_checked_again_and_the_list_says_what_it_does(batch, where, oak, work):
    sent = save(oak, oak.get(where), {PATTERN: "FT", EMAIL: "a@oak.example.com", BORN: "3/2/77"})

    assert sent.location.endswith(f"{SEVERAL}/{batch.pk}")
    assert "We are checking your list" in oak.get(sent.location).text
    work()
    assert states(batch) == {2: "ok", 3: "ok", 4: "ok"}
    assert "3 people are ready" in oak.get(sent.location).text


def test_a_cell_is_read_as_in_a_file(batch, where, oak, work):
    save(oak, oak.get(where), {BORN: "2/28/1977", EMAIL: "nobody"})
    work()

    problems = dict(batch.rows.get(number=4).problems)
    assert "is the month first?" in problems["date_of_birth"]
    assert "correct format" in problems["email"]
    assert fields(oak.get(where))[BORN] == "2/28/1977"


def test_who_is_left_as_they_are_stays_as_they_are(batch, where, oak):
    before = {row.number: bytes(row.held) for row in batch.rows.all()}

    save(oak, oak.get(where), {EMAIL: "a@oak.example.com"})

    after = {row.number: bytes(row.held) for row in batch.rows.all()}
    assert [number for number in before if before[number] != after[number]] == [4]


def test_where_nothing_was_changed_nothing_is_checked(batch, where, oak):
    sent = save(oak, oak.get(where))

    assert sent.location.endswith(f"{SEVERAL}/{batch.pk}")
    assert RegistrationBatch.objects.get().state == "ready"


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(
    batch, where, oak, colleague, work
):
    page = oak.get(where)
    save(colleague, colleague.get(where), {EMAIL: "colleague@oak.example.com"})
    work()

    refused = save(oak, page, {EMAIL: "a@oak.example.com"})

    assert refused.status_code == 422
    assert "email address in row 4 is “colleague@oak.example.com”" in refused.text
    assert fields(refused)[EMAIL] == "a@oak.example.com"
    assert held_by(batch.rows.get(number=4)).cells["email"] == "colleague@oak.example.com"
    save(oak, refused, {EMAIL: "a@oak.example.com"})
    assert held_by(batch.rows.get(number=4)).cells["email"] == "a@oak.example.com"


def test_a_row_that_was_removed_meanwhile_stays_removed(batch, where, oak):
    page = oak.get(where)
    remove_row(batch, 4)

    refused = save(oak, page, {PATTERN: "FT", EMAIL: "a@oak.example.com"})

    assert refused.status_code == 422
    assert EMAIL not in fields(refused)
    assert states(batch) == {2: "ok", 3: "needs_attention", 4: "skipped"}


def test_while_the_list_is_checked_nothing_is_saved_and_what_was_typed_stays(batch, where, oak):
    page = oak.get(where)
    RegistrationBatch.objects.update(state="checking")

    refused = save(oak, page, {EMAIL: "a@oak.example.com"})

    assert refused.status_code == 422
    assert "We are checking the list just now, so nothing was saved" in refused.text
    assert fields(refused)[EMAIL] == "a@oak.example.com"
    assert oak.get(where).location.endswith(f"{SEVERAL}/{batch.pk}")


def test_what_cannot_be_kept_is_an_error_at_its_cell(batch, where, oak):
    refused = save(oak, oak.get(where), {EMAIL: "a\x00b", PATTERN: "x" * 1001})

    assert set(refused.errors) == {f"#{EMAIL}", f"#{PATTERN}"}
    assert RegistrationBatch.objects.get().state == "ready"


@pytest.mark.parametrize("numbers", ["", "x", "99", "9" * 30, "-1", "٣"])
def test_a_page_that_names_no_row_saves_nothing(batch, where, oak, numbers):
    sent = oak.post(where, {"rows": numbers, "seen": "a" * 20})

    assert sent.location.endswith(f"{SEVERAL}/{batch.pk}")
    assert RegistrationBatch.objects.get().state == "ready"


def test_more_people_come_on_further_pages(batch, where, oak, monkeypatch):
    monkeypatch.setattr(correct_views, "PEOPLE_PER_PAGE", 1)

    page = oak.get(f"{where}?page=2")

    assert "Showing 2 to 2 of 2 people" in page.text
    assert "Save before you go to another page" in page.text
    assert {name.split("-")[1] for name in fields(page)} == {"4"}


def test_another_school_finds_and_changes_nothing(where, world, sign_in):
    elm = sign_in(world.elm)

    assert elm.get(where).status_code == 404
    assert elm.post(where, {"rows": "4", EMAIL: "a@elm.example.com"}).status_code == 404
