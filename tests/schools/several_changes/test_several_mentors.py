"""Several ECTs get one mentor (spec 05 §6.8, §20.3)."""

from datetime import date

import pytest

from register_ects.models import MentorshipPeriod, TrainingPeriod
from schools.several_changes import mentor as change
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    RegistrationClosureFactory,
)
from tests.operations.training_to_change import trained
from tests.schools.change_journey import confirm
from tests.schools.several_changes.several import (
    check,
    choose_ects,
    first_page,
    offered,
    results,
)

DEED = "give-mentor"


@pytest.fixture
def cole(world):
    return MentorAtSchoolPeriodFactory(
        school=world.oak, started_on="2025-09-01", teacher__corrected_name="Cole Diaz"
    )


@pytest.fixture
def ects(world):
    """Ada, who has a mentor, and Bea, who never had one."""
    ada, bea = (
        ECTAtSchoolPeriodFactory(
            school=world.oak, started_on="2025-09-01", teacher__corrected_name=name
        )
        for name in ("Ada Okafor", "Bea Lund")
    )
    before = MentorAtSchoolPeriodFactory(
        school=world.oak, started_on="2025-09-01", teacher__corrected_name="Dee Moss"
    )
    MentorshipPeriodFactory(
        ect_at_school_period=ada, mentor_at_school_period=before, started_on="2025-09-01"
    )
    return [ada, bea]


def mentors_of(ect):
    mentorships = MentorshipPeriod.objects.filter(ect_at_school_period=ect, finished_on=None)
    return [each.mentor_at_school_period for each in mentorships]


def test_the_check_page_says_per_ect_whether_it_is_the_first_mentor_and_who_gives_way(
    oak, ects, cole
):
    page = check(oak, DEED, ects, {"mentor": cole.pk})

    assert page.summary["Ada Okafor"] == (
        "Cole Diaz takes over on 10 September 2026 from Dee Moss."
    )
    assert page.summary["Bea Lund"] == (
        "Cole Diaz becomes their first mentor on 10 September 2026."
    )
    assert MentorshipPeriod.objects.filter(mentor_at_school_period=cole).count() == 0


def test_each_ect_has_the_mentor_once_it_is_confirmed(oak, ects, cole):
    done = confirm(oak, check(oak, DEED, ects, {"mentor": cole.pk}))

    assert done.h1 == "You’ve given 2 ECTs a mentor"
    assert {name: result for name, (result, _) in results(done).items()} == {
        "Ada Okafor": "Done",
        "Bea Lund": "Done",
    }
    assert [mentors_of(ect) for ect in ects] == [[cole], [cole]]


def test_mentors_are_offered_with_how_many_ects_they_have(oak, ects, cole):
    page = choose_ects(oak, DEED, ects)

    assert offered(page) == ["Dee Moss", "Cole Diaz"]
    assert "Mentors 1 ECT here" in page.text


def test_who_has_the_mentor_already_is_left_as_is(oak, ects, cole):
    MentorshipPeriodFactory(
        ect_at_school_period=ects[1], mentor_at_school_period=cole, started_on="2026-09-01"
    )

    page = check(oak, DEED, ects, {"mentor": cole.pk})
    done = confirm(oak, page)

    assert page.summary["Bea Lund"] == "Not done: Cole Diaz is their mentor already."
    assert results(done)["Bea Lund"] == ("Not done", "Cole Diaz is their mentor already.")
    assert results(done)["Ada Okafor"][0] == "Done"


def test_who_has_finished_induction_is_not_on_offer(world, oak, ects):
    ECTAtSchoolPeriodFactory(
        school=world.oak,
        started_on="2025-09-01",
        teacher__corrected_name="Fin Hale",
        teacher__trs_induction_status="Passed",
    )

    page = oak.get(first_page(DEED))

    assert offered(page) == ["Ada Okafor", "Bea Lund"]
    assert "Fin Hale: They have completed, failed or are exempt" in page.text


def test_the_mentors_first_training_is_asked_about_once(world, oak, ects, cole):
    for ect in ects:
        trained(world, ect)

    asked = check(oak, DEED, ects, {"mentor": cole.pk})
    assert asked.h1 == "Which lead provider will train Cole Diaz?"
    page = oak.post(
        asked.response.request["PATH_INFO"], {"trained_by": str(world.larch.pk)}
    ).follow()
    assert page.summary["Mentor’s lead provider"] == "Larch Learning"
    confirm(oak, page)

    training = TrainingPeriod.objects.get(mentor_at_school_period=cole)
    assert training.lead_provider == world.larch
    assert training.started_on <= date(2026, 9, 10)


def test_a_mentor_whom_nobody_can_train_yet_is_not_given(world, oak, ects, cole, monkeypatch):
    for ect in ects:
        trained(world, ect)
    monkeypatch.setattr(change, "contract_period_for_mentor", lambda *_who, **_when: None)

    page = check(oak, DEED, ects, {"mentor": cole.pk})

    assert page.h1 == "No lead provider can train Cole Diaz yet"
    assert page.select("main form button") == []
    chosen = page.select_one("main a[href*='/choose?']")
    assert oak.get(chosen["href"]).h1 == "Who will mentor these ECTs?"


def test_no_mentor_is_given_while_registration_is_closed(oak, ects):
    RegistrationClosureFactory(starts_on="2026-09-01", ends_on="2026-09-30")

    page = oak.get(first_page(DEED))

    assert page.location.endswith("/registration-window-closed")
