"""An ECT's page, and who may not open it (spec 06 §6.3.4, §6.6)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import JourneyDraft
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
    TRSInductionUpdateFactory,
)
from tests.inductions import BORN_ON
from tests.support.pages import date_parts


def address(teacher_id, rest=""):
    return f"/appropriate-body/teachers/{teacher_id}{rest}"


@pytest.fixture
def period(hub):
    return InductionPeriodFactory(
        appropriate_body=hub,
        teacher__trn="3000777",
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )


def test_the_body_is_named_once_and_another_that_the_school_reported_too(user, hub, period):
    placement = ECTAtSchoolPeriodFactory(
        teacher=period.teacher, school_reported_appropriate_body=hub
    )

    def named():
        page = user.get(address(period.teacher_id))
        seen = page.select_one("main")
        for unseen in seen.select(".govuk-visually-hidden"):
            unseen.decompose()
        return page.summary["Appropriate body"], seen.get_text(" ").count(hub.name)

    assert named() == ("The same as above", 1)

    placement.school_reported_appropriate_body = AppropriateBodyFactory(name="Hub B")
    placement.save()
    assert named() == ("Hub B", 1)


def test_it_shows_who_they_are_and_how_far_they_are(user, period):
    earlier = InductionPeriodFactory(
        teacher=period.teacher,
        started_on=date(2024, 9, 2),
        finished=True,
        number_of_terms=Decimal("2.5"),
        appropriate_body__name="Hub B",
    )
    InductionExtensionFactory(teacher=period.teacher, number_of_terms=Decimal("1.5"))

    page = user.get(address(period.teacher_id))

    rows = page.summary
    assert (page.status_code, page.h1) == (200, "Ada Okafor")
    assert "TRN 3000777" in page.text
    assert rows["Status"] == "In progress"
    assert rows["Induction start date"] == "2 September 2024"
    assert rows["Terms completed"] == "2.5"  # the card of the past period comes last
    assert "2.5 of 7.5" in page.text
    assert rows["Extensions"] == "1.5 terms"
    assert earlier.appropriate_body.name in page.text


def test_it_shows_what_the_school_said(user, period):
    placement = ECTAtSchoolPeriodFactory(teacher=period.teacher, school__with_tutor=True)
    training = TrainingPeriodFactory(ect_at_school_period=placement)
    mentor = MentorAtSchoolPeriodFactory(
        school=placement.school, teacher__trs_first_name="Moira", teacher__trs_last_name="Penn"
    )
    MentorshipPeriodFactory(ect_at_school_period=placement, mentor_at_school_period=mentor)

    rows = user.get(address(period.teacher_id)).summary

    assert rows["Mentor"] == "Moira Penn"
    assert rows["Working pattern"] == "Full time"
    assert rows["Induction tutor’s email"] == placement.school.induction_tutor_email
    assert rows["Lead provider"] == training.lead_provider.name


SAYS, WAITS = "Teaching Record System says", "Waiting to be confirmed"


def trs_rows(user, period):
    rows = user.get(address(period.teacher_id)).summary
    return rows[SAYS], rows[WAITS]


def said(teacher, status, **fields):
    fields = {"trs_induction_status": status, "trs_data_last_refreshed_at": SAID_AT, **fields}
    type(teacher).objects.filter(pk=teacher.pk).update(**fields)


SAID_AT = datetime(2026, 7, 10, 13, 5, tzinfo=UTC)


def test_it_quotes_trs_with_its_time_and_what_waits(user, period):
    """While a message waits, TRS's word is TRS's."""
    said(period.teacher, "RequiredToComplete")
    TRSInductionUpdateFactory(teacher=period.teacher, changed_at=SAID_AT)

    says, waits = trs_rows(user, period)

    assert says == "Required to complete, as of 10 July 2026 at 2:05pm"
    assert waits == (
        "In progress from 1 September 2025. Waiting since 10 July 2026 at 2:05pm for the "
        "Teaching Record System to confirm it."
    )


def test_it_says_when_trs_does_not_answer(user, period):
    TRSInductionUpdateFactory(teacher=period.teacher, attempts=2, last_response="TRS is down")

    assert "has not answered yet, and we keep trying" in trs_rows(user, period)[1]


def test_it_says_when_trs_did_not_accept_what_was_recorded(user, period):
    said(period.teacher, "Exempt")
    TRSInductionUpdateFactory(teacher=period.teacher, state="rejected")

    says, waits = trs_rows(user, period)

    assert says.startswith("Exempt")
    assert waits.startswith("In progress from 1 September 2025. The Teaching Record System did not")


@pytest.mark.parametrize(
    ("response", "words"),
    [
        ("gone", "The record was deactivated"),
        ("not_found", "There is no such record"),
        ("permanent_redirect", "The record was merged into another"),
    ],
)
def test_when_trs_shows_no_record_that_is_its_word(user, period, response, words):
    said(period.teacher, "InProgress", trs_response=response)

    assert trs_rows(user, period)[0] == f"{words}, as of 10 July 2026 at 2:05pm"


def test_nothing_waits_once_trs_agrees(user, period):
    said(period.teacher, "InProgress", trs_induction_start_date=period.started_on)
    TRSInductionUpdateFactory(teacher=period.teacher, state="sent")

    says, waits = trs_rows(user, period)

    assert says == "In progress from 1 September 2025, as of 10 July 2026 at 2:05pm"
    assert waits == "Nothing"


def test_it_says_when_trs_differs_though_nothing_waits(user, period):
    said(period.teacher, "Passed")

    assert "says something else" in trs_rows(user, period)[1]


def test_a_closed_induction_has_no_actions(hub, user):
    passed = InductionPeriodFactory(appropriate_body=hub, passed=True)

    page = user.get(address(passed.teacher_id))

    assert page.summary["Outcome"] == "Passed"
    assert "Record a pass" not in page.text
    assert "Release" not in page.text


def test_it_costs_a_known_number_of_queries(user, period):
    ECTAtSchoolPeriodFactory(teacher=period.teacher)
    with CaptureQueriesContext(connection) as queries:
        user.get(address(period.teacher_id))

    assert len(queries) <= 12


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "/release/new",
        "/release",
        "/record-passed-outcome/new",
        "/record-passed-outcome",
        "/record-failed-outcome/confirm",
        "/record-failed-outcome/new",
        "/record-failed-outcome",
    ],
)
@pytest.mark.parametrize("state", [{}, {"passed": True}, {"failed": True}, {"finished": True}])
def test_another_bodys_ect_is_not_found_anywhere(user, rest, state):
    other = InductionPeriodFactory(**state)
    before = (other.finished_on, other.outcome)

    assert user.get(address(other.teacher_id, rest)).status_code == 404
    assert user.post(address(other.teacher_id, rest)).status_code in (404, 405)

    other.refresh_from_db()
    assert (other.finished_on, other.outcome) == before


def test_of_an_ect_the_body_released_only_its_own_part_is_shown(hub, user):
    released = InductionPeriodFactory(appropriate_body=hub, finished=True)

    page = user.get(address(released.teacher_id))

    assert [each.get_text() for each in page.select("main h2")] == ["Induction with you"]
    assert "What the school has told us" not in page.text
    assert "Teaching Record System" not in page.text


@pytest.mark.parametrize("step", ["check-ect/{}/edit", "register-ect/{}/edit", "register-ect/{}"])
def test_another_bodys_claim_is_not_found(user, sign_in, trs, step):
    claim = "/appropriate-body/claim-an-ect"
    asked = {"trn": "3000101", **date_parts("date_of_birth", BORN_ON)}
    other = sign_in(AppropriateBodyFactory(active=True))
    other.post(f"{claim}/find-ect/new", asked)
    url = f"{claim}/{step.format(JourneyDraft.objects.get().pk)}"
    assert other.get(url).status_code != 404

    assert user.get(url).status_code == 404
    assert user.post(url).status_code in (404, 405)


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999999"])
def test_numbers_that_lead_nowhere_are_not_found(user, number):
    for rest in ("", "/release/new", "/record-failed-outcome/confirm"):
        assert user.get(address(number, rest)).status_code == 404
    claim = f"/appropriate-body/claim-an-ect/check-ect/{number}/edit"
    assert user.get(claim).status_code == 404
