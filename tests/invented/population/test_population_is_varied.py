"""In an invented population everything occurs that a screen or a client must show."""

import json
from collections import Counter

import pytest

from register_ects.models import (
    AppropriateBody,
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    School,
    SchoolPartnership,
    ShownResource,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.rules.declaration_states import state
from register_ects.rules.enumerations import (
    ResourceType,
    TraineeRole,
)

pytestmark = pytest.mark.usefixtures("population")


def test_declarations_are_in_every_state():
    states = Counter(
        state(*statuses)
        for statuses in Declaration.objects.values_list("payment_status", "clawback_status")
    )
    assert set(states) == {
        "submitted",
        "eligible",
        "payable",
        "paid",
        "voided",
        "awaiting-clawback",
        "clawed-back",
    }


def _shown(resource_type):
    payloads = ShownResource.objects.filter(resource_type=resource_type).values_list(
        "payload", flat=True
    )
    return [json.loads(payload)["attributes"] for payload in payloads]


def test_participants_are_in_every_status():
    enrolments = [
        enrolment
        for shown in _shown(ResourceType.PARTICIPANT)
        for enrolment in shown["ecf_enrolments"]
    ]

    def values(name):
        return {enrolment[name] for enrolment in enrolments}

    assert values("participant_status") == {"active", "joining", "leaving", "left"}
    assert values("training_status") == {"active", "deferred", "withdrawn"}
    assert values("eligible_for_funding") == {True, False, None}
    assert values("cohort_changed_after_payments_frozen") == {True, False}


def test_there_is_every_type_of_transfer():
    transfers = [
        transfer for shown in _shown(ResourceType.TRANSFER) for transfer in shown["transfers"]
    ]
    assert {each["transfer_type"] for each in transfers} == {
        "new_school",
        "new_provider",
        "unknown",
    }
    assert {each["status"] for each in transfers} == {"complete", "incomplete"}


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(
            lambda: ShownResource.objects.filter(resource_type=ResourceType.UNFUNDED_MENTOR),
            id="mentors who train with another provider or not at all",
        ),
        pytest.param(
            lambda: TrainingPeriod.objects.filter(
                expression_of_interest__isnull=False, school_partnership=None
            ),
            id="providers named by a school that have not confirmed",
        ),
        pytest.param(
            lambda: TrainingPeriod.objects.filter(training_programme="school_led"),
            id="school-led training",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(ect_payments_frozen_year__isnull=False),
            id="ECTs who left a frozen year",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(mentor_payments_frozen_year__isnull=False),
            id="mentors who left a frozen year",
        ),
        pytest.param(
            lambda: TeacherIdChange.objects.filter(
                teacher__ect_at_school_periods__isnull=False,
                teacher__trn__isnull=False,
            ),
            id="people whose two records were merged",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                ect_at_school_periods__isnull=False, mentor_at_school_periods__isnull=False
            ),
            id="ECTs who became mentors",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                mentor_became_ineligible_for_funding_reason="completed_during_early_roll_out"
            ),
            id="mentors of the early roll-out",
        ),
        pytest.param(
            lambda: InductionPeriod.objects.filter(
                outcome="fail", teacher__trs_induction_status="Failed"
            ),
            id="failed inductions",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                ect_at_school_periods__isnull=False,
                trs_qts_awarded_on=None,
                induction_periods=None,
                anonymised_at=None,
            ),
            id="ECTs without QTS, whom nobody can claim",
        ),
        pytest.param(
            lambda: Teacher.objects.filter(
                trs_induction_status="Exempt",
                ect_became_ineligible_for_funding_on__isnull=False,
                induction_periods=None,
            ),
            id="ECTs who are exempt",
        ),
        pytest.param(
            lambda: ECTAtSchoolPeriod.objects.filter(
                school__gias_school__eligible=False,
                school_reported_appropriate_body__name=AppropriateBody.ISTIP,
            ),
            id="ECTs at independent schools, with their panel",
        ),
        pytest.param(
            lambda: ECTAtSchoolPeriod.objects.filter(
                school__gias_school__type_name__contains="special"
            ).exclude(school__gias_school__type_name__contains="independent"),
            id="ECTs at special schools",
        ),
        pytest.param(
            lambda: InductionPeriod.objects.filter(outcome=None, finished_on__isnull=False),
            id="releases",
        ),
        pytest.param(
            lambda: Declaration.objects.filter(trainee_role=TraineeRole.MENTOR),
            id="declarations for mentors",
        ),
        pytest.param(lambda: Declaration.objects.filter(pupil_premium_uplift=True), id="uplifts"),
        pytest.param(
            lambda: TrainingPeriod.objects.filter(schedule_kind="replacement"),
            id="mentors who take over",
        ),
        pytest.param(
            lambda: SchoolPartnership.objects.filter(training_periods=None),
            id="partnerships that nobody trains under",
        ),
    ],
)
def test_rare_things_occur(found):
    assert found().exists()


def test_nearly_every_school_with_ects_has_an_induction_tutor():
    schools = School.objects.filter(ect_at_school_periods__isnull=False).distinct()
    with_tutor = schools.exclude(induction_tutor_email=None)
    assert 0.85 < with_tutor.count() / schools.count() < 1
    assert len(set(with_tutor.values_list("induction_tutor_last_nominated_in", flat=True))) == 2


def test_mentors_at_independent_schools_without_funding_are_not_trained():
    unfunded = TrainingPeriod.objects.filter(school__gias_school__eligible=False)
    assert unfunded.exists()
    assert set(unfunded.values_list("training_programme", flat=True)) == {"school_led"}
