"""A form that is open while a colleague closes the induction period: what is recorded is told."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import InductionPeriod
from register_ects.operations.base import Author
from register_ects.operations.inductions import release_ect
from tests.factories import InductionPeriodFactory
from tests.support.pages import date_parts

FORMS = [
    "release/new",
    "record-passed-outcome/new",
    "record-failed-outcome/confirm",
    "record-failed-outcome/new",
]


def answers(form):
    sent = {**date_parts("finished_on", "2026-07-10"), "number_of_terms": "6"}
    if "failed" in form:
        sent |= {**date_parts("fail_confirmation_sent_on", "2026-07-10"), "told": "on"}
    return sent


@pytest.mark.parametrize("form", FORMS)
def test_after_a_release_nothing_is_saved_and_what_is_recorded_is_told(user, period, form):
    url = f"/appropriate-body/teachers/{period.teacher_id}/{form}"
    user.get(url)
    colleague = Author.appropriate_body_user(name="Col League", email="col@hub.example.com")
    release_ect(period, author=colleague, finished_on=date(2026, 7, 1), number_of_terms=Decimal(5))

    page = user.post(url, answers(form))

    assert (page.status_code, page.h1) == (422, "Your answers were not saved")
    assert "has already released Ada Okafor" in page.text
    assert InductionPeriod.objects.get().outcome is None
    record = user.get(f"/appropriate-body/teachers/{period.teacher_id}")
    assert record.status_code == 200


@pytest.mark.parametrize("form", ["release/new", "record-passed-outcome/new"])
def test_answers_about_one_period_are_not_recorded_of_another(user, hub, period, form):
    url = f"/appropriate-body/teachers/{period.teacher_id}/{form}"
    opened = user.get(url)
    colleague = Author.appropriate_body_user(name="Col League", email="col@hub.example.com")
    release_ect(period, author=colleague, finished_on=date(2025, 7, 1), number_of_terms=Decimal(3))
    again = InductionPeriodFactory(
        appropriate_body=hub, teacher=period.teacher, started_on=date(2025, 9, 1)
    )
    sent = {**answers(form), "seen": opened.select_one("input[name=seen]")["value"]}
    sent["number_of_terms"] = "3"

    refused = user.post(url, sent)

    assert refused.status_code == 422
    assert list(refused.errors.values()) == [
        "You have claimed Ada Okafor again after you began, from 1 September 2025, so nothing was "
        "saved. Check that your answers are about this induction period"
    ]
    assert "This induction period started on 1 September 2025" in refused.text
    assert refused.select_one("#number_of_terms")["value"] == "3"
    again.refresh_from_db()
    assert again.is_open
    user.post(url, {**sent, "seen": refused.select_one("input[name=seen]")["value"]})
    again.refresh_from_db()
    assert again.finished_on == date(2026, 7, 10)


@pytest.mark.parametrize("form", FORMS)
def test_opening_a_form_after_a_release_leads_to_the_record(user, period, form):
    colleague = Author.appropriate_body_user(name="Col League", email="col@hub.example.com")
    release_ect(period, author=colleague, finished_on=date(2026, 7, 1), number_of_terms=Decimal(5))

    page = user.get(f"/appropriate-body/teachers/{period.teacher_id}/{form}")
    while page.status_code == 302:
        page = page.follow()

    assert page.status_code == 200
    assert "has no open induction period with you" in page.text


@pytest.mark.parametrize("page", ["record-passed-outcome", "record-failed-outcome"])
def test_the_confirmation_of_what_is_not_recorded_leads_to_the_record(user, period, page):
    address = f"/appropriate-body/teachers/{period.teacher_id}/{page}"
    assert user.get(address).follow().h1 == "Ada Okafor"
    colleague = Author.appropriate_body_user(name="Col League", email="col@hub.example.com")
    release_ect(period, author=colleague, finished_on=date(2026, 7, 1), number_of_terms=Decimal(5))

    record = user.get(address).follow()

    assert record.status_code == 200
    assert "has no open induction period with you" in record.text


@pytest.mark.parametrize("page", ["release", "record-passed-outcome", "record-failed-outcome"])
def test_there_is_no_confirmation_of_another_bodys_ect(user, page):
    other = InductionPeriodFactory()

    assert user.get(f"/appropriate-body/teachers/{other.teacher_id}/{page}").status_code == 404
