"""Staff delete induction periods and reopen inductions (spec 06 §6.12, §6.22 checks 7 and 8)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import Event, InductionPeriod, TRSInductionUpdate
from register_ects.operations.base import Author
from register_ects.operations.inductions.by_staff import (
    PeriodEntered,
    add_period,
    change_period,
    delete_period,
    reopen_induction,
)
from register_ects.operations.inductions.corrections import mark_of_recorded
from register_ects.rules.problems import RuleBroken
from register_ects.rules.staff_reasons import StaffReason
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    StaffUserFactory,
    TeacherFactory,
)

REASON = StaffReason("Claimed by mistake", "#123456")
FIRST = date(2023, 9, 1)
SECOND = date(2024, 9, 2)

pytestmark = pytest.mark.day("2026-07-16")


@pytest.fixture
def staff():
    return Author.staff(StaffUserFactory())


@pytest.fixture
def ada():
    return TeacherFactory(
        trs_first_name="Ada",
        trs_last_name="Okafor",
        trs_induction_status="InProgress",
        trs_induction_start_date=FIRST,
    )


def period(ada, started_on, **changes):
    return InductionPeriodFactory(teacher=ada, started_on=started_on, **changes)


def do(operation, of, author, **changes):
    said = {"reason": REASON, "seen": mark_of_recorded(of), "author": author}
    operation(of, **(said | changes))


def told_trs():
    update = TRSInductionUpdate.objects.get(state="queued")
    return update.status, update.start_date, update.completed_date


def test_the_only_period_deleted_leaves_an_induction_still_to_complete(ada, staff):
    only = period(ada, FIRST)

    do(delete_period, only, staff)

    assert not InductionPeriod.objects.exists()
    assert told_trs() == ("RequiredToComplete", None, None)
    assert Event.objects.filter(event_type="teacher_induction_status_reset", teacher=ada).exists()


def test_trs_is_told_of_the_next_start_when_the_first_period_is_deleted(ada, staff):
    first = period(ada, FIRST, finished=True)
    period(ada, SECOND)

    do(delete_period, first, staff)

    assert told_trs() == ("InProgress", SECOND, None)
    assert not Event.objects.filter(event_type="teacher_induction_status_reset").exists()


def test_a_pass_stays_a_pass_when_the_period_before_it_is_deleted(ada, staff):
    first = period(ada, FIRST, finished=True)
    second = period(ada, SECOND, passed=True)

    do(delete_period, first, staff)

    assert told_trs() == ("Passed", SECOND, second.finished_on)


def test_trs_hears_nothing_of_a_later_period_that_is_deleted(ada, staff):
    period(ada, FIRST, finished=True)
    second = period(ada, SECOND)

    do(delete_period, second, staff)

    assert not TRSInductionUpdate.objects.exists()


def test_the_event_keeps_what_a_deleted_period_said_and_why(ada, staff):
    only = period(ada, FIRST, finished=True)

    do(delete_period, only, staff)

    event = Event.objects.get(event_type="induction_period_deleted")
    assert (event.teacher, event.appropriate_body) == (ada, only.appropriate_body)
    assert (event.body, event.zendesk_ticket_id) == ("Claimed by mistake", 123456)
    assert event.metadata["started_on"] == ["2023-09-01", None]
    assert event.metadata["number_of_terms"] == ["3.0", None]
    assert event.author_type == "dfe_staff_user"


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_a_reopened_induction_has_no_end_terms_or_outcome(ada, staff, outcome):
    period(ada, FIRST, finished=True)
    changes = {outcome: True, "finished_on": date(2026, 7, 1), "number_of_terms": Decimal(1)}
    if outcome == "failed":
        changes["fail_confirmation_sent_on"] = date(2026, 7, 2)
    ada.trs_induction_status = "Passed" if outcome == "passed" else "Failed"
    ada.save()
    second = period(ada, SECOND, **changes, terms_reason="other", terms_reason_words="In Wales")

    do(reopen_induction, second, staff)

    second.refresh_from_db()
    assert second.is_open
    endings = ("number_of_terms", "outcome", "fail_confirmation_sent_on", "terms_reason")
    assert [getattr(second, name) for name in endings] == [None] * 4
    assert told_trs() == ("InProgress", FIRST, None)
    event = Event.objects.get(event_type="induction_period_reopened")
    assert (event.induction_period, event.body) == (second, "Claimed by mistake")
    assert event.metadata["finished_on"] == ["2026-07-01", None]


@pytest.mark.parametrize(
    ("operation", "of", "changes", "expected"),
    [
        (delete_period, {"passed": True}, {}, "has_outcome"),
        (delete_period, {}, {"seen": "0" * 20}, "changed_meanwhile"),
        (delete_period, {}, {"reason": StaffReason()}, "missing"),
        (reopen_induction, {}, {}, "no_outcome"),
        (reopen_induction, {"finished": True}, {}, "no_outcome"),
        (reopen_induction, {"passed": True}, {"seen": "0" * 20}, "changed_meanwhile"),
        (reopen_induction, {"passed": True}, {"reason": StaffReason(ticket="1")}, "malformed"),
    ],
)
def test_what_is_not_allowed_changes_nothing(ada, staff, operation, of, changes, expected):
    held = period(ada, FIRST, **of)
    before = InductionPeriod.objects.values().get()

    with pytest.raises(RuleBroken) as caught:
        do(operation, held, staff, **changes)

    assert [problem.code for problem in caught.value.problems] == [expected]
    assert InductionPeriod.objects.values().get() == before
    assert not Event.objects.exists()


def test_a_period_that_a_colleague_deleted_is_not_deleted_again(ada, staff):
    held = period(ada, FIRST)
    seen = mark_of_recorded(held)
    do(delete_period, InductionPeriod.objects.get(), staff)

    with pytest.raises(RuleBroken, match="already_deleted"):
        delete_period(held, REASON, seen=seen, author=staff)


# -- Add and change ----------------------------------------------------------------------------


def entered(started_on=FIRST, finished_on=None, terms=None, programme="provider_led"):
    return PeriodEntered(started_on, finished_on, terms, programme)


def test_a_period_that_is_added_acts_as_a_claim(ada, staff):
    ada.trs_induction_status = "RequiredToComplete"
    ada.save()
    ECTAtSchoolPeriodFactory(teacher=ada, started_on=FIRST)
    body = AppropriateBodyFactory(name="Hub B")

    added = add_period(ada, body, entered(), REASON, author=staff)

    assert added.is_open
    assert told_trs() == ("InProgress", FIRST, None)
    ada.refresh_from_db()
    assert ada.ect_first_became_eligible_for_training_at
    event = Event.objects.get(event_type="induction_period_opened")
    assert (event.induction_period, event.zendesk_ticket_id) == (added, 123456)
    assert event.metadata["training_programme"] == [None, "Provider-led"]


def test_trs_hears_of_an_earlier_period_that_is_added_after_a_pass(ada, staff):
    second = period(ada, SECOND, passed=True)

    add_period(
        ada,
        AppropriateBodyFactory(),
        entered(FIRST, date(2024, 7, 19), Decimal(3)),
        REASON,
        author=staff,
    )

    assert told_trs() == ("Passed", FIRST, second.finished_on)


@pytest.mark.parametrize(
    ("said", "reason", "expected"),
    [
        (entered(), StaffReason(), "missing"),
        (entered(SECOND), REASON, "overlaps"),
        (entered(FIRST), REASON, "missing"),
        (entered(FIRST, date(2024, 7, 19), Decimal(3), "fip"), REASON, "unknown"),
    ],
)
def test_a_period_that_cannot_be_is_not_added(ada, staff, said, reason, expected):
    period(ada, SECOND)

    with pytest.raises(RuleBroken, match=expected):
        add_period(ada, AppropriateBodyFactory(), said, reason, author=staff)

    assert InductionPeriod.objects.count() == 1


def test_a_changed_period_tells_what_changed_and_trs_the_new_end(ada, staff):
    period(ada, FIRST, finished=True)
    second = period(ada, SECOND, passed=True)

    do(change_period, second, staff, entered=entered(SECOND, date(2026, 7, 10), Decimal(5)))

    assert told_trs() == ("Passed", FIRST, date(2026, 7, 10))
    event = Event.objects.get(event_type="induction_period_updated")
    assert event.metadata == {
        "finished_on": [str(second.finished_on), "2026-07-10"],
        "number_of_terms": ["3.0", "5"],
    }
    assert event.body == "Claimed by mistake"


def test_a_release_loses_its_end_when_staff_take_it_away(ada, staff):
    only = period(ada, FIRST, finished=True, terms_reason="other", terms_reason_words="In Wales")

    do(change_period, only, staff, entered=entered())

    only.refresh_from_db()
    assert (only.is_open, only.terms_reason, only.terms_reason_words) == (True, None, None)


def test_the_same_again_records_nothing(ada, staff):
    do(change_period, period(ada, FIRST), staff, entered=entered())

    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        ({}, {"seen": "0" * 20}, "changed_meanwhile"),
        ({}, {"reason": StaffReason()}, "missing"),
        ({"passed": True}, {}, "missing_with_outcome"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(ada, staff, of, changes, expected):
    held = period(ada, FIRST, **of)

    with pytest.raises(RuleBroken, match=expected):
        do(change_period, held, staff, **({"entered": entered(SECOND)} | changes))

    held.refresh_from_db()
    assert held.started_on == FIRST
