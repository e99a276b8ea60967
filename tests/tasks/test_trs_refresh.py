"""Everyone is read from TRS again in turn, and what TRS answers is noted (spec 07 §7.2)."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest

from register_ects import clock
from register_ects.invented.stand_ins.trs import person
from register_ects.models import Event
from register_ects.tasks import refresh_teacher_from_trs, refresh_teachers_from_trs
from tests.factories import InductionPeriodFactory, TeacherFactory

TRN = "3000500"


@pytest.fixture(autouse=True)
def _on(on, settings):
    on("2026-03-12")
    settings.TRS_REFRESH_ENABLED = True


@pytest.fixture
def teacher():
    return TeacherFactory(trn=TRN, trs_first_name="Amara", trs_last_name="Oduya", trs_response=None)


def amara(**changes):
    return person(TRN, **{"first_name": "Amara", "last_name": "Oduya", **changes})


def refresh(teacher):
    refresh_teacher_from_trs(teacher.pk)
    teacher.refresh_from_db()
    return teacher


def handed_out():
    """Run the timer; return who is to be read, and after how many seconds."""
    with patch.object(refresh_teacher_from_trs, "apply_async") as apply_async:
        refresh_teachers_from_trs()
    return [(call.args[0][0], call.kwargs["countdown"]) for call in apply_async.call_args_list]


# -- What TRS answers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trs_says", "response", "event_type"),
    [
        (amara(), "ok", None),
        (amara(deactivated=True), "gone", "teacher_trs_deactivated"),
        (amara(merged_into="7000012"), "permanent_redirect", "teacher_trs_merged"),
    ],
)
def test_every_answer_is_noted_once(trs, teacher, trs_says, response, event_type):
    trs.upsert(trs_says)

    refresh(teacher)
    refresh(teacher)

    assert teacher.trs_response == response
    assert teacher.trs_data_last_refreshed_at == clock.now()
    noted = Event.objects.filter(event_type__in=["teacher_trs_deactivated", "teacher_trs_merged"])
    assert list(noted.values_list("event_type", flat=True)) == [event_type][: bool(event_type)]


def test_a_person_trs_does_not_know_is_noted_once(trs):
    teacher = TeacherFactory(trn="7000002")

    refresh(teacher)
    refresh(teacher)

    assert teacher.trs_response == "not_found"
    assert Event.objects.get(teacher=teacher).event_type == "teacher_trs_not_found"


def test_a_merged_person_keeps_the_trn_until_support_decides(trs, teacher):
    trs.upsert(amara(merged_into="7000012"))

    refresh(teacher)

    assert (teacher.trn, teacher.trs_redirected_to) == (TRN, "7000012")


def test_someone_found_again_is_flagged_no_longer(trs, teacher, on):
    trs.upsert(amara(merged_into="7000012"))
    refresh(teacher)
    trs.upsert(amara(merged_into=None))
    on("2026-03-20")

    refresh(teacher)

    assert (teacher.trs_response, teacher.trs_redirected_to) == ("ok", None)


def test_a_new_name_and_status_are_told(trs, teacher):
    trs.upsert(amara(last_name="Bell", induction_status="Exempt"))

    refresh(teacher)

    assert (teacher.name, teacher.trs_induction_status) == ("Amara Bell", "Exempt")
    assert teacher.ect_became_ineligible_for_funding_on == date(2026, 3, 12)
    types = set(Event.objects.values_list("event_type", flat=True))
    assert {"teacher_name_updated_by_trs", "teacher_trs_induction_status_updated"} <= types


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"merged_into": "7000012"}, "Passed"), ({"deactivated": True}, "RequiredToComplete")],
    ids=["merged", "deactivated"],
)
def test_our_outcome_stands_for_a_word_that_trs_no_longer_gives(trs, teacher, changes, status):
    InductionPeriodFactory(teacher=teacher, passed=True)
    trs.upsert(amara(**changes))

    assert refresh(teacher).trs_induction_status == status


@pytest.mark.parametrize("fault", ["500", "down", "429"])
def test_without_an_answer_nothing_is_noted(trs, teacher, fault):
    trs.fault(fault, times=1)

    refresh(teacher)

    assert (teacher.trs_response, teacher.trs_data_last_refreshed_at) == (None, None)


def test_an_answer_older_than_what_is_held_is_dropped(trs, teacher, on):
    trs.upsert(amara(deactivated=True))
    teacher.trs_data_last_refreshed_at = clock.now() + timedelta(seconds=5)
    teacher.save()

    assert refresh(teacher).trs_response is None


# -- Who is read -----------------------------------------------------------------------------


def test_those_read_longest_ago_come_first_a_second_apart():
    recently = TeacherFactory(trs_data_last_refreshed_at=clock.now() - timedelta(hours=1))
    long_ago = TeacherFactory(trs_data_last_refreshed_at=clock.now() - timedelta(days=2))
    never = TeacherFactory()
    TeacherFactory(trnless_person=True)

    assert handed_out() == [(never.pk, 0), (long_ago.pk, 1), (recently.pk, 2)]


def test_fifty_are_handed_out_a_minute_and_those_under_way_not_again():
    TeacherFactory.create_batch(60)

    first, second = handed_out(), handed_out()

    assert (len(first), len(second)) == (50, 10)
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("response", "days_ago", "due"),
    [
        ("ok", 0, True),
        ("not_found", 6, False),
        ("not_found", 8, True),
        ("gone", 6, False),
        ("gone", 8, True),
        ("permanent_redirect", 6, False),
        ("permanent_redirect", 8, True),
    ],
)
def test_those_whom_trs_did_not_show_are_asked_for_again_after_a_week(response, days_ago, due):
    TeacherFactory(
        trs_response=response,
        trs_data_last_refreshed_at=clock.now() - timedelta(days=days_ago, minutes=1),
    )

    assert bool(handed_out()) == due


def test_somebody_whose_record_cannot_be_read_lets_others_come_first(trs, teacher):
    trs.fault("500", times=1)
    refresh(teacher)
    other = TeacherFactory()

    assert handed_out() == [(other.pk, 0)]


def test_it_can_be_switched_off(settings):
    TeacherFactory()
    settings.TRS_REFRESH_ENABLED = False

    assert handed_out() == []


def test_a_person_who_is_gone_by_now_is_left_alone():
    refresh_teacher_from_trs(999_999_999)

    assert not Event.objects.exists()
