"""A form that is open while a colleague closes the induction period: what is recorded is told."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import InductionPeriod, JourneyDraft
from register_ects.operations.base import Author
from register_ects.operations.inductions.closing import mark_of_period
from register_ects.operations.inductions.periods import (
    confirm_fail,
    fail_induction,
    pass_induction,
    release_ect,
)
from register_ects.rules.problems import RuleBroken
from tests.factories import InductionPeriodFactory
from tests.inductions import AUTHOR, shown
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


@pytest.fixture
def told(user, period):
    """That Ada was told in writing has been confirmed."""
    record = f"/appropriate-body/teachers/{period.teacher_id}"
    user.post(f"{record}/record-failed-outcome/confirm", {**shown(period), "told": "on"})


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "seen", [None, "", "5", "\x00", "0123456789abcdef012\x00", "٣" * 20, "x" * 9999]
)
def test_a_page_that_was_not_whole_is_told_and_shown_again(user, period, form, seen):
    url = f"/appropriate-body/teachers/{period.teacher_id}/{form}"
    before = JourneyDraft.objects.count()
    sent = answers(form) | ({} if seen is None else {"seen": seen})

    page = user.post(url, sent)

    assert page.status_code == 422
    assert list(page.errors.values()) == [
        "Some of this page was missing when it was sent. Check your answers and send it again"
    ]
    assert InductionPeriod.objects.get().is_open
    assert JourneyDraft.objects.count() == before
    again = {**sent, "seen": page.select_one("input[name=seen]")["value"]}
    assert user.post(url, again).status_code == 302


@pytest.mark.parametrize("operation", [release_ect, pass_induction, fail_induction, confirm_fail])
def test_what_was_shown_is_compared_under_the_lock(period, operation):
    stale = period.__class__.objects.get()
    seen = mark_of_period(period)
    InductionPeriod.objects.update(started_on=date(2024, 9, 3))
    closing = {"finished_on": date(2026, 7, 10), "number_of_terms": Decimal(6), "author": AUTHOR}
    if operation is fail_induction:
        closing["fail_confirmation_sent_on"] = date(2026, 7, 10)

    with pytest.raises(RuleBroken) as refusal:
        operation(stale, seen=seen, **({} if operation is confirm_fail else closing))

    assert [each.code for each in refusal.value.problems] == ["changed_meanwhile"]
    assert InductionPeriod.objects.get().is_open
    assert not JourneyDraft.objects.exists()


def test_a_confirmation_of_one_period_is_not_kept_for_another(user, hub, period):
    url = f"/appropriate-body/teachers/{period.teacher_id}/record-failed-outcome/confirm"
    opened = user.get(url).select_one("input[name=seen]")["value"]
    release_ect(period, author=AUTHOR, finished_on=date(2025, 7, 1), number_of_terms=Decimal(3))
    InductionPeriodFactory(
        appropriate_body=hub, teacher=period.teacher, started_on=date(2025, 9, 1)
    )

    page = user.post(url, {"told": "on", "seen": opened})

    assert page.status_code == 422
    assert "began on 1 September 2025" in " ".join(page.errors.values())
    assert not JourneyDraft.objects.exists()
    again = {"told": "on", "seen": page.select_one("input[name=seen]")["value"]}
    assert user.post(url, again).status_code == 302


@pytest.mark.usefixtures("told")
def test_what_a_colleague_confirmed_holds_for_the_body_for_a_day(hub, period, sign_in, on):
    record = f"/appropriate-body/teachers/{period.teacher_id}/record-failed-outcome"
    assert sign_in(hub).get(f"{record}/new").status_code == 200

    on("2026-07-17")

    colleague = sign_in(hub)
    assert colleague.get(f"{record}/new").location == f"{record}/confirm"
    colleague.post(f"{record}/confirm", {**shown(period), "told": "on"})
    assert colleague.get(f"{record}/new").status_code == 200
    assert JourneyDraft.objects.count() == 1


@pytest.mark.usefixtures("told")
def test_a_fail_sent_when_the_check_is_too_old_is_told_that_nothing_was_saved(user, period, on):
    record = f"/appropriate-body/teachers/{period.teacher_id}/record-failed-outcome"
    on("2026-07-17")

    page = user.post(f"{record}/new", answers("failed") | shown(period)).follow()

    assert page.h1 == "Before you record that Ada Okafor failed"
    assert "Nothing was saved, because we delete some answers after a day" in page.text
    assert InductionPeriod.objects.get().is_open


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_was_confirmed_of_a_period_does_not_hold_once_it_is_corrected(user, period, method):
    record = f"/appropriate-body/teachers/{period.teacher_id}/record-failed-outcome"
    InductionPeriod.objects.update(started_on=date(2024, 9, 3))
    corrected = InductionPeriod.objects.get()

    page = getattr(user, method)(f"{record}/new", answers("failed") | shown(corrected)).follow()

    assert page.h1 == "Before you record that Ada Okafor failed"
    assert "Something has changed since you gave these answers. Nothing was saved" in page.text
    assert InductionPeriod.objects.get().is_open


@pytest.mark.usefixtures("told")
def test_what_was_confirmed_of_one_period_does_not_hold_for_the_next(user, hub, period):
    record = f"/appropriate-body/teachers/{period.teacher_id}/record-failed-outcome"
    assert user.get(f"{record}/new").status_code == 200
    release_ect(period, author=AUTHOR, finished_on=date(2025, 7, 1), number_of_terms=Decimal(3))
    InductionPeriodFactory(
        appropriate_body=hub, teacher=period.teacher, started_on=date(2025, 9, 1)
    )

    assert user.get(f"{record}/new").location == f"{record}/confirm"


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
        "Ada Okafor’s induction with you changed after you began, so nothing was saved. The period "
        "that is open now began on 1 September 2025. Check that your answers are about it"
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
