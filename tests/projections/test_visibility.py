"""Which mentors' ids lead providers may see."""

from datetime import date

import pytest

from register_ects.projections.visibility import resolvable_mentors
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)

pytestmark = pytest.mark.day("2025-10-15")


def mentor_of(training, **details):
    """A mentor of the ECT in training, who trains with nobody."""
    placement = training.ect_at_school_period
    mentorship = MentorshipPeriodFactory(ect_at_school_period=placement, **details)
    return mentorship.mentor_at_school_period.teacher


def resolves(provider, mentor):
    return bool(resolvable_mentors([(provider.pk, mentor.pk)]))


def test_the_mentor_of_a_current_ect_resolves_for_the_ects_provider_only(harbour):
    mentor = mentor_of(TrainingPeriodFactory(lead_provider=harbour))

    assert resolves(harbour, mentor)
    assert not resolves(LeadProviderFactory(), mentor)


def test_the_mentor_of_an_ect_yet_to_start_resolves(harbour):
    training = TrainingPeriodFactory(lead_provider=harbour, started_on=date(2026, 1, 5))

    assert resolves(harbour, mentor_of(training))


@pytest.mark.parametrize(
    ("role", "expected"),
    [pytest.param("for_ect", True, id="as an ECT"), pytest.param("for_mentor", True, id="mentor")],
)
def test_a_participant_resolves_though_they_mentor_nobody(harbour, role, expected):
    training = TrainingPeriodFactory(lead_provider=harbour, finished=True, **{role: True})

    assert resolves(harbour, training.teacher) is expected


def test_an_expression_of_interest_makes_nobody_resolve(harbour):
    training = TrainingPeriodFactory(lead_provider=harbour, eoi_only=True)

    assert not resolves(harbour, training.teacher)
    assert not resolves(harbour, mentor_of(training))


@pytest.mark.parametrize(
    ("finished_on", "expected"),
    [
        pytest.param(date(2025, 10, 14), False, id="training ended yesterday"),
        pytest.param(date(2025, 10, 15), True, id="training ends today"),
        pytest.param(date(2025, 10, 16), True, id="training ends tomorrow"),
    ],
)
def test_a_mentor_resolves_until_the_ects_training_ends(harbour, finished_on, expected):
    training = TrainingPeriodFactory(lead_provider=harbour, finished_on=finished_on)

    assert resolves(harbour, mentor_of(training)) is expected


@pytest.mark.parametrize(
    ("finished_on", "expected"),
    [
        pytest.param(date(2025, 10, 14), False, id="ended yesterday"),
        pytest.param(date(2025, 10, 15), True, id="ends today"),
    ],
)
def test_a_mentor_resolves_until_the_mentorship_ends(harbour, finished_on, expected):
    training = TrainingPeriodFactory(lead_provider=harbour)

    assert resolves(harbour, mentor_of(training, finished_on=finished_on)) is expected


def test_the_next_mentor_resolves_once_the_present_one_has_gone(harbour, on):
    training = TrainingPeriodFactory(lead_provider=harbour)
    present = mentor_of(training, finished_on=date(2025, 12, 1))
    next_one = mentor_of(training, started_on=date(2025, 12, 2))

    assert resolves(harbour, present)
    assert not resolves(harbour, next_one)
    on("2025-12-02")
    assert not resolves(harbour, present)
    assert resolves(harbour, next_one)


def test_only_the_school_of_the_ects_latest_training_counts(harbour):
    leaving = TrainingPeriodFactory(
        lead_provider=harbour,
        finished_on=date(2025, 11, 2),
        ect_at_school_period=ECTAtSchoolPeriodFactory(finished_on=date(2025, 11, 2)),
    )
    old_mentor = mentor_of(leaving, finished_on=date(2025, 11, 2))
    joining = TrainingPeriodFactory(
        lead_provider=harbour, teacher=leaving.teacher, started_on=date(2025, 11, 3)
    )

    assert not resolves(harbour, old_mentor)
    assert resolves(harbour, mentor_of(joining))


def test_many_pairs_cost_three_queries(harbour, django_assert_num_queries):
    pairs = set()
    for _ in range(3):
        training = TrainingPeriodFactory(lead_provider=harbour)
        pairs.add((harbour.pk, mentor_of(training).pk))
    stranger = MentorAtSchoolPeriodFactory().teacher

    with django_assert_num_queries(3):
        found = resolvable_mentors({*pairs, (harbour.pk, stranger.pk)})

    assert found == pairs


def test_no_pairs_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert resolvable_mentors([]) == set()
