"""A body corrects its own induction periods (spec 06 §6.9)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import Event, InductionPeriod, TRSInductionUpdate
from register_ects.operations.inductions.periods import release_ect
from tests.factories import InductionPeriodFactory
from tests.inductions import AUTHOR
from tests.support.pages import date_parts


def address(period, teacher_id=None):
    teacher_id = teacher_id or period.teacher_id
    return f"/appropriate-body/teachers/{teacher_id}/induction-periods/{period.pk}/edit"


def send(user, period, start="2024-09-02", programme="provider_led", **more):
    seen = user.get(address(period)).select_one("input[name=seen]")["value"]
    answers = {**date_parts("started_on", start), "training_programme": programme}
    return user.post(address(period), {"seen": seen, **answers, **more})


def correct(user, period, end="2026-07-10", terms="5"):
    seen = user.get(address(period)).select_one("input[name=seen]")["value"]
    answers = {**date_parts("finished_on", end), "number_of_terms": terms}
    return user.post(address(period), {"seen": seen, **answers})


def changes():
    return [
        (event.event_type, event.modifications)
        for event in Event.objects.filter(event_type="induction_period_updated")
    ]


@pytest.fixture
def released(on, period):
    """Ada's induction, released on 16 July."""
    release_ect(period, author=AUTHOR, finished_on=date(2026, 7, 1), number_of_terms=Decimal("5.5"))
    return period


def test_another_start_is_recorded_and_trs_is_told(user, period):
    answer = send(user, period, start="2024-09-09", programme="school_led")

    assert "The induction period was corrected." in user.get(answer.location).text
    period.refresh_from_db()
    assert (period.started_on, period.training_programme) == (date(2024, 9, 9), "school_led")
    assert changes() == [
        (
            "induction_period_updated",
            [
                "Started on changed from '2 Sep 2024' to '9 Sep 2024'",
                "Training programme changed from 'Provider-led' to 'School-led'",
            ],
        )
    ]
    update = TRSInductionUpdate.objects.get()
    assert (update.status, update.start_date) == ("InProgress", date(2024, 9, 9))


def test_of_a_later_period_trs_hears_nothing_new(user, period):
    InductionPeriodFactory(
        teacher=period.teacher,
        started_on=date(2023, 9, 1),
        finished_on=date(2024, 3, 31),
        finished=True,
    )
    type(period.teacher).objects.update(
        trs_induction_status="InProgress", trs_induction_start_date=date(2023, 9, 1)
    )

    assert send(user, period, start="2024-09-09").status_code == 302
    assert not TRSInductionUpdate.objects.exists()


def test_the_same_again_records_nothing(user, period):
    assert send(user, period).status_code == 302
    assert changes() == []


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("2026-07-17", "Induction start date must be today or in the past"),
        ("2021-08-31", "Induction start date must be on or after 1 September 2021"),
        ("2024-03-31", "Induction start date must be on or after 1 April 2024"),
        ("2023-01-01", "Induction start date must be on or after 1 April 2024"),
    ],
)
def test_a_start_that_cannot_be_is_said_and_nothing_changes(user, period, start, message):
    InductionPeriodFactory(
        teacher=period.teacher,
        started_on=date(2023, 9, 1),
        finished_on=date(2024, 3, 31),
        finished=True,
    )

    page = send(user, period, start=start)

    assert page.status_code == 422
    (said,) = page.errors.values()
    assert said.startswith(message)
    period.refresh_from_db()
    assert period.started_on == date(2024, 9, 2)


def test_a_start_before_qts_is_refused_with_the_date(user, period):
    type(period.teacher).objects.update(trs_qts_awarded_on=date(2024, 8, 1))

    assert (
        "1 August 2024, the date that QTS was awarded"
        in send(user, period, start="2024-07-31").text
    )


def test_what_is_missing_is_said(user, period):
    page = send(
        user, period, programme="", **dict.fromkeys(date_parts("started_on", "2024-09-02"), "")
    )

    assert page.status_code == 422
    assert {"Enter the induction start date", "Select provider-led or school-led"} == {
        *page.errors.values()
    }


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(user, period):
    form = user.get(address(period))
    InductionPeriod.objects.update(started_on=date(2024, 9, 5))
    sent = {
        "seen": form.select_one("input[name=seen]")["value"],
        **date_parts("started_on", "2024-09-09"),
        "training_programme": "provider_led",
    }

    page = user.post(address(period), sent)

    assert page.status_code == 422
    assert "changed after you began" in page.text
    assert changes() == []


def test_a_release_is_corrected_from_the_record(user, released):
    record = user.get(f"/appropriate-body/teachers/{released.teacher_id}")
    assert "until 15 August 2026" in record.text
    assert address(released) in {a["href"] for a in record.select("main a")}

    answer = correct(user, released)

    assert user.get(answer.location).summary["Terms completed"] == "5"
    assert changes() == [
        (
            "induction_period_updated",
            [
                "Finished on changed from '1 Jul 2026' to '10 Jul 2026'",
                "Number of terms changed from '5.5' to '5'",
            ],
        )
    ]
    assert not TRSInductionUpdate.objects.exclude(status="InProgress").exists()


@pytest.mark.parametrize(
    ("end", "terms", "message"),
    [
        ("2026-07-17", "5", "Induction end date must be today or in the past"),
        ("2024-09-01", "5", "Induction end date must be on or after 2 September 2024"),
        ("2026-07-10", "16.1", "Number of terms must be 16 or less"),
    ],
)
def test_a_correction_obeys_the_rules_for_closing(user, released, end, terms, message):
    page = correct(user, released, end, terms)

    assert page.status_code == 422
    assert any(said.startswith(message) for said in page.errors.values())
    assert changes() == []


@pytest.mark.parametrize("why", ["late", "followed"])
def test_a_release_is_not_corrected_later_or_once_another_body_holds_them(on, user, released, why):
    if why == "late":
        on("2026-08-16")
    else:
        InductionPeriodFactory(teacher=released.teacher, started_on=date(2026, 7, 2))

    answer = user.post(address(released), {})

    assert "Nothing was changed." in user.get(answer.location).text
    assert user.get(address(released)).status_code == 302
    assert changes() == []


@pytest.mark.parametrize("state", [{}, {"passed": True}, {"finished": True}])
def test_another_bodys_period_is_not_found(user, state):
    theirs = InductionPeriodFactory(**state)

    assert user.get(address(theirs)).status_code == 404
    assert user.post(address(theirs), {}).status_code == 404


def test_a_period_is_found_at_its_own_ect_alone_and_not_with_an_outcome(hub, user, period):
    other = InductionPeriodFactory(appropriate_body=hub)
    passed = InductionPeriodFactory(appropriate_body=hub, passed=True)

    assert user.get(address(period, teacher_id=other.teacher_id)).status_code == 404
    assert user.post(address(period, teacher_id=other.teacher_id)).status_code == 404
    assert user.get(address(passed)).status_code == 404
