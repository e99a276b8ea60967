"""Support sees what TRS did not accept, and whom it no longer shows."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import Event, TRSInductionUpdate
from tests.factories import (
    InductionPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TRSInductionUpdateFactory,
)

HOME, TRS = "/admin/", "/admin/trs"
REFUSED_AT = datetime(2026, 7, 10, 13, 5, tzinfo=UTC)


@pytest.fixture
def refused():
    period = InductionPeriodFactory(
        teacher__trn="3000777", teacher__trs_first_name="Ada", teacher__trs_last_name="Okafor"
    )
    update = TRSInductionUpdateFactory(
        teacher=period.teacher,
        state="rejected",
        last_response="TRS rejected the request: status 400, code 10034",
    )
    TRSInductionUpdate.objects.filter(pk=update.pk).update(updated_at=REFUSED_AT)
    return update


def tasks(officer):
    return [
        " ".join(item.get_text(" ").split())
        for item in officer.get(HOME).select(".govuk-task-list__item")
    ]


def test_nothing_needs_support_when_trs_agrees(officer):
    TRSInductionUpdateFactory(state="sent")

    assert "Nothing needs you today" in officer.get(HOME).text
    assert "TRS has accepted everything" in officer.get(TRS).text


def test_the_home_page_counts_what_trs_did_not_accept_and_since_when(officer, refused):
    TeacherFactory(trs_response="gone")

    assert tasks(officer) == [
        "Messages that the Teaching Record System did not accept "
        "The oldest since 10 July 2026 at 2:05pm 1",
        "People whom the Teaching Record System does not show 1",
    ]


def test_the_list_names_the_person_the_message_and_the_reason(officer, refused):
    page = officer.get(officer.get(HOME).select_one(".govuk-task-list__link")["href"])

    row = " ".join(page.select_one("tbody tr").get_text(" ").split())
    assert row.startswith("Ada Okafor 3000777 In progress from 1 September 2025 They do not hold")
    assert "code 10034" in row
    assert page.select_one("tbody tr a")["href"] == f"/admin/teachers/{refused.teacher.api_id}"


def test_people_whom_trs_does_not_show_are_listed_with_its_answer(officer):
    TeacherFactory(trn="3000001", trs_response="permanent_redirect", trs_redirected_to="3000002")
    TeacherFactory(trn="3000003", trs_response="not_found")
    TeacherFactory(trn="3000004", trs_response="ok")

    rows = [row.get_text(" ", strip=True) for row in officer.get(TRS).select("tbody tr")]

    assert ["Merged into TRN 3000002" in rows[0], "Not found" in rows[1]] == [True, True]
    assert len(rows) == 2


def test_a_message_may_be_sent_again_once(officer, refused):
    address = officer.get(TRS).select_one("tbody form")["action"]

    page = officer.post(address).follow()
    again = officer.post(address).follow()

    assert "We’ll tell TRS again about Ada Okafor" in page.text
    assert "nothing left to tell TRS" in again.text
    assert TRSInductionUpdate.objects.get(state="queued").teacher == refused.teacher
    event = Event.objects.get(event_type="support_task_closed")
    assert (event.teacher, event.author_type) == (refused.teacher, "dfe_staff_user")


def test_a_message_that_waits_already_is_told_of_instead_of_sending_another(officer, refused):
    address = officer.get(TRS).select_one("tbody form")["action"]
    TRSInductionUpdateFactory(teacher=refused.teacher, state="queued")

    page = officer.post(address).follow()

    assert (
        "Ada Okafor: A change for this teacher is already waiting to be sent. Try again in a few "
        "minutes." in page.text
    )
    refused.refresh_from_db()
    assert refused.state == "rejected"


def test_the_teacher_s_page_tells_trs_s_word_its_time_and_what_waits(officer, refused):
    teacher = refused.teacher
    teacher.trs_induction_status, teacher.trs_data_last_refreshed_at = "Exempt", REFUSED_AT
    teacher.trs_response = "ok"
    teacher.save()

    text = " ".join(officer.get(f"/admin/teachers/{teacher.api_id}").text.split())

    assert "Exempt, as of 10 July 2026 at 2:05pm" in text
    assert "The Teaching Record System did not accept this" in text
    assert "Record in TRS Shown" in text


def test_only_staff_see_it(browse, sign_in, refused):
    assert browse.get(TRS).location == "/sign-in"
    assert sign_in(SchoolFactory()).get(TRS).status_code == 401
    assert sign_in(SchoolFactory()).post(f"{TRS}/messages/{refused.pk}/send-again").status_code in (
        302,
        401,
    )
    assert TRSInductionUpdate.objects.get().state == "rejected"


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 30])
def test_a_message_that_is_not_there_is_not_found(officer, number):
    assert officer.post(f"{TRS}/messages/{number}/send-again").status_code == 404


def test_the_pages_cost_the_same_however_much_there_is(officer, refused):
    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(address).status_code == 200
        return len(queries)

    TeacherFactory(trs_response="not_found")
    few = [cost(HOME), cost(TRS)]
    for _ in range(5):
        TRSInductionUpdateFactory(state="rejected")
        TeacherFactory(trs_response="not_found")

    assert [cost(HOME), cost(TRS)] == few


def test_the_button_says_what_is_sent_again_to_who_cannot_see(officer, refused):
    button = officer.get(TRS).select_one("tbody form button")

    assert " ".join(button.text.split()) == "Send again the message about Ada Okafor"
    assert (
        button.select_one(".govuk-visually-hidden").text.strip() == "the message about Ada Okafor"
    )
