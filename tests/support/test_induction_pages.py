"""Support deletes induction periods and reopens inductions on pages (spec 06 §6.12)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import Event, InductionPeriod, OutgoingEmail
from register_ects.operations.inductions.periods import pass_induction
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
)
from tests.inductions import AUTHOR
from tests.support.pages import date_parts

pytestmark = pytest.mark.day("2026-07-16")


@pytest.fixture
def held():
    return InductionPeriodFactory(
        started_on=date(2024, 9, 2),
        appropriate_body__name="Hub A",
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )


def induction_of(period):
    return f"/admin/teachers/{period.teacher.api_id}/induction"


def link(officer, period, text):
    links = officer.get(induction_of(period)).select("main a")
    return next(each["href"] for each in links if each.get_text().startswith(text))


def finish(period):
    ECTAtSchoolPeriodFactory(
        teacher=period.teacher, started_on=date(2024, 9, 2), school__gias_school__name="Oak School"
    )
    pass_induction(period, finished_on=date(2026, 7, 10), number_of_terms=Decimal(6), author=AUTHOR)


def test_a_period_is_deleted_with_a_note_and_gone_from_the_record(officer, held):
    page = officer.get(link(officer, held, "Delete this period"))
    done = officer.submit(page, {"note": "Claimed by mistake", "ticket": ""}).follow()

    assert page.h1 == "Delete this induction period?"
    assert page.summary["Appropriate body"] == "Hub A"
    assert "The induction period was deleted" in done.text
    assert "Hub A" not in done.text
    assert Event.objects.get(event_type="induction_period_deleted").body == "Claimed by mistake"


def test_an_induction_is_reopened_by_a_page_that_tells_what_stays_closed(officer, held):
    finish(held)
    page = officer.get(link(officer, held, "Reopen this induction"))
    done = officer.submit(page, {"note": "", "ticket": "#654321"}).follow()

    assert "Time at school: Oak School, ended 16 July 2026" in page.text
    assert "The induction was reopened" in done.text
    assert done.summary["Outcome"] == "In progress"
    event = Event.objects.get(event_type="induction_period_reopened")
    assert event.zendesk_ticket_id == 654321


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, {"#note": "Enter a note or the number of a support ticket"}),
        (
            {"note": "By mistake", "ticket": "12"},
            {"#ticket": "Number of the support ticket must be 6 figures, like 123456"},
        ),
        ({"note": "..."}, {"#note": "Enter the note in words"}),
        ({"note": "x" * 501}, {"#note": "Note must be 500 characters or fewer"}),
    ],
)
def test_nothing_is_deleted_without_a_right_reason(officer, held, sent, expected):
    page = officer.submit(officer.get(link(officer, held, "Delete this period")), sent)

    assert (page.status_code, page.errors) == (422, expected)
    assert InductionPeriod.objects.get() == held


ENTERED = {
    **date_parts("started_on", "2024-09-01"),
    **date_parts("finished_on", "2025-07-18"),
    "number_of_terms": "3",
    "training_programme": "school_led",
    "note": "The hub told us",
}


def test_a_period_is_changed_by_what_the_page_asks(officer, held):
    page = officer.get(link(officer, held, "Change this period"))
    done = officer.submit(page, ENTERED).follow()

    assert page.select_one("#started_on-day")["value"] == "2"
    assert "The induction period was changed" in done.text
    assert (done.summary["From"], done.summary["To"]) == ("1 September 2024", "18 July 2025")
    assert (done.summary["Terms"], done.summary["Training programme"]) == ("3", "School-led")
    assert Event.objects.get(event_type="induction_period_updated").body == "The hub told us"


def test_a_period_is_added_with_any_body(officer, held):
    hub = AppropriateBodyFactory(name="Hub B")
    page = officer.get(link(officer, held, "Add an induction period"))
    sent = {**ENTERED, **date_parts("started_on", "2023-09-01"), "body": str(hub.pk)}

    done = officer.submit(page, {**sent, **date_parts("finished_on", "2024-07-18")}).follow()

    assert "The induction period was added" in done.text
    assert hub.induction_periods.get().number_of_terms == 3


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"body": ""}, {"#body": "Select the appropriate body"}),
        (
            date_parts("started_on", "2024-09-02") | date_parts("finished_on", "2024-09-30"),
            {
                "#started_on-day": "Another induction period covers the start date. "
                "Choose a date outside it"
            },
        ),
        ({"number_of_terms": ""}, {"#number_of_terms": "Enter the number of terms"}),
        (
            {f"finished_on-{part}": "" for part in ("day", "month", "year")}
            | {"number_of_terms": ""},
            {"#finished_on-day": "Enter the end date, because another induction period follows"},
        ),
        ({"note": ""}, {"#note": "Enter a note or the number of a support ticket"}),
    ],
)
def test_what_cannot_be_added_is_told_at_its_field(officer, held, sent, expected):
    body = str(AppropriateBodyFactory().pk)
    page = officer.get(link(officer, held, "Add an induction period"))
    days = {**date_parts("started_on", "2023-09-01"), **date_parts("finished_on", "2024-07-18")}

    page = officer.submit(page, {**ENTERED, **days, "body": body, **sent})

    assert (page.status_code, page.errors) == (422, expected)
    assert InductionPeriod.objects.get() == held


OUTCOME = {
    **date_parts("finished_on", "2026-07-10"),
    "number_of_terms": "6",
    "note": "The hub asked us",
    "ticket": "123456",
}
TOLD = date_parts("fail_confirmation_sent_on", "2026-07-11")


def test_a_pass_is_recorded_for_the_body_with_why(officer, held):
    done = officer.submit(officer.get(link(officer, held, "Record a pass")), OUTCOME).follow()

    assert "The pass was recorded" in done.text
    assert done.summary["Outcome"] == "Passed"
    event = Event.objects.get(event_type="teacher_passes_induction")
    assert event.heading == "DfE staff, for Hub A, recorded that Ada Okafor passed induction"
    assert event.body == "Terms served: 6\nThe hub asked us"
    assert (event.zendesk_ticket_id, event.author_type) == (123456, "dfe_staff_user")


def test_a_fail_is_recorded_with_the_day_on_which_the_ect_was_told(officer, held):
    page = officer.submit(officer.get(link(officer, held, "Record a fail")), OUTCOME)
    assert page.errors == {
        "#fail_confirmation_sent_on-day": "Enter the date the ECT was told in writing"
    }

    done = officer.submit(page, OUTCOME | TOLD).follow()

    assert "The fail was recorded" in done.text
    held.refresh_from_db()
    assert (held.outcome, held.fail_confirmation_sent_on) == ("fail", date(2026, 7, 11))
    assert OutgoingEmail.objects.get().personalisation["notified_on"] == "11 July 2026"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"note": "", "ticket": ""}, {"#note": "Enter a note or the number of a support ticket"}),
        (
            {"number_of_terms": "5"},
            {"#terms_reason": "Select why they completed 5 of 6 terms"},
        ),
        (
            date_parts("finished_on", "2026-07-17"),
            {"#finished_on-day": "Induction end date must be today or in the past"},
        ),
    ],
)
def test_an_outcome_that_cannot_be_is_told_at_its_field(officer, held, sent, expected):
    page = officer.submit(officer.get(link(officer, held, "Record a pass")), OUTCOME | sent)

    assert (page.status_code, page.errors) == (422, expected)
    held.refresh_from_db()
    assert held.is_open


def test_fewer_terms_pass_with_a_reason(officer, held):
    sent = OUTCOME | {"number_of_terms": "5", "terms_reason": "other", "terms_reason_words": "Ill"}

    officer.submit(officer.get(link(officer, held, "Record a pass")), sent)

    held.refresh_from_db()
    assert (held.outcome, held.terms_reason, held.terms_reason_words) == ("pass", "other", "Ill")


def test_no_outcome_is_recorded_of_a_period_that_is_closed(officer, held):
    page = officer.get(link(officer, held, "Record a pass"))
    finish(held)

    again = officer.submit(page, OUTCOME)

    assert "no open induction period" in again.follow().text
    assert Event.objects.filter(event_type="teacher_passes_induction").count() == 1


def test_what_changed_meanwhile_is_shown_and_not_deleted(officer, held):
    page = officer.get(link(officer, held, "Delete this period"))
    InductionPeriod.objects.update(started_on=date(2024, 9, 3))

    shown = officer.submit(page, {"note": "By mistake"})

    assert "changed after you opened this page" in shown.text
    assert shown.summary["From"] == "3 September 2024"
    assert officer.submit(shown, {"note": "By mistake"}).status_code == 302


def test_a_reopened_induction_is_not_reopened_again(officer, held):
    finish(held)
    page = officer.get(link(officer, held, "Reopen this induction"))
    officer.submit(page, {"note": "Appeal upheld"})

    again = officer.submit(page, {"note": "Appeal upheld"})

    assert "no outcome that could be taken back" in again.follow().text
    assert Event.objects.filter(event_type="induction_period_reopened").count() == 1


def test_a_period_of_somebody_else_is_not_found(officer, held):
    other = InductionPeriodFactory()
    address = f"/admin/teachers/{other.teacher.api_id}"

    page = f"{address}/induction-periods/{held.pk}/confirm-delete"

    assert (officer.get(page).status_code, officer.post(page).status_code) == (404, 404)


def test_an_extension_is_deleted_with_a_reason_and_the_agency_told(officer, held):
    extension = InductionExtensionFactory(
        teacher=held.teacher, appropriate_body=held.appropriate_body
    )
    page = officer.get(link(officer, held, "Delete the extension by 1 term"))
    refused = officer.submit(page, {"note": ""})
    done = officer.submit(page, {"note": "For another ECT", "ticket": "#123456"}).follow()

    assert refused.errors == {"#note": "Enter a note or the number of a support ticket"}
    assert "The extension was deleted" in done.text
    assert not held.teacher.induction_extensions.exists()
    event = Event.objects.get(event_type="induction_extension_deleted")
    assert (event.body, event.zendesk_ticket_id) == ("For another ECT", 123456)
    assert event.metadata["number_of_terms"] == [f"{extension.number_of_terms}.0", None]
    told = OutgoingEmail.objects.get().personalisation
    assert told["what_was_done"] == "had deleted, by the Department for Education, an extension"


def test_an_extension_that_changed_meanwhile_is_shown_and_not_deleted(officer, held):
    extension = InductionExtensionFactory(teacher=held.teacher)
    page = officer.get(link(officer, held, "Delete the extension"))
    held.teacher.induction_extensions.update(number_of_terms=2)

    shown = officer.submit(page, {"note": "For another ECT"})

    assert shown.status_code == 422
    assert shown.summary["Terms"] == "2"
    assert held.teacher.induction_extensions.get() == extension


def test_an_extension_of_somebody_else_is_not_found(officer, held):
    extension = InductionExtensionFactory()
    address = f"/admin/teachers/{held.teacher.api_id}/extensions/{extension.pk}/confirm-delete"

    assert (officer.get(address).status_code, officer.post(address).status_code) == (404, 404)
