"""POST /participant-declarations over the wire: what is refused, and how."""

import uuid
from datetime import date

import pytest

from register_ects.models import Declaration, Event
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.declaring import PATH, declared, envelope, refused, trained

pytestmark = pytest.mark.day("2025-11-05T12:00:00+00:00")


# -- What is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"participant_id": None}, "participant_id"),
        ({"participant_id": "  "}, "participant_id"),
        ({"participant_id": str(uuid.uuid4())}, "participant_id"),
        ({"participant_id": "nonsense"}, "participant_id"),
        ({"participant_id": "a\u0000b"}, "participant_id"),
        ({"course_identifier": ""}, "course_identifier"),
        ({"course_identifier": ...}, "course_identifier"),
        ({"course_identifier": ["ecf-induction"]}, "course_identifier"),
        ({"course_identifier": "ecf-mentor"}, "course_identifier"),
        ({"course_identifier": "a\u0000b"}, "course_identifier"),
        ({"declaration_date": ""}, "declaration_date"),
        ({"declaration_date": "2025-10-03"}, "declaration_date"),
        ({"declaration_date": 20251003}, "declaration_date"),
        ({"declaration_date": "2025-11-05T12:00:01Z"}, "declaration_date"),
        ({"declaration_date": "2025-05-31T22:59:59Z"}, "declaration_date"),
        ({"declaration_type": ""}, "declaration_type"),
        ({"declaration_type": "a\u0000b"}, "declaration_type"),
        ({"declaration_type": "retained-1"}, "declaration_type"),
        ({"evidence_held": ...}, "evidence_held"),
        ({"evidence_held": "one-term-induction"}, "evidence_held"),
        ({"evidence_held": {"a": 1}}, "evidence_held"),
    ],
)
def test_each_refusal_is_titled_with_the_public_field(api, training, changes, title):
    response = api.post(PATH, envelope(training, **changes))

    assert refused(response) == [title]
    assert f"#/{title}" in response.json()["errors"][0]["detail"]
    assert not Declaration.objects.exists()
    assert not Event.objects.filter(category="declarations").exists()


def test_several_missing_attributes_report_the_first_problem_only(api, training):
    body = {"data": {"attributes": {"declaration_type": None}}}

    assert refused(api.post(PATH, body)) == ["participant_id"]


def test_a_person_the_provider_never_trained_is_not_disclosed(api, training):
    theirs = trained(LeadProviderFactory(), year=2025)
    waiting = trained(training.lead_provider, eoi_only=True)

    answers = [
        api.post(PATH, envelope(each, course_identifier="nonsense")).json()
        for each in (theirs, waiting)
    ]
    unknown = api.post(PATH, envelope(training, participant_id=str(uuid.uuid4()))).json()

    assert answers == [unknown, unknown]


def test_a_retired_id_is_answered_with_the_one_that_replaced_it(api, training):
    retired = TeacherFactory(anonymised=True)
    TeacherIdChangeFactory(
        teacher=training.teacher, from_teacher=retired, to_teacher=training.teacher
    )

    response = api.post(PATH, envelope(training, participant_id=str(retired.api_id)))

    assert refused(response) == ["participant_id"]
    assert str(training.teacher.api_id) in response.json()["errors"][0]["detail"]


def test_a_withdrawal_is_named_with_its_time(api, lead_provider):
    training = trained(lead_provider, withdrawn=True, finished_on=date(2025, 10, 1))

    response = api.post(PATH, envelope(training))

    assert refused(response) == ["participant_id"]
    assert "2025-10-01T12:00:00Z" in response.json()["errors"][0]["detail"]


def test_a_deferral_is_no_obstacle(api, lead_provider):
    training = trained(lead_provider, deferred=True, finished_on=date(2025, 10, 1))

    assert declared(api.post(PATH, envelope(training)))


def test_a_fundable_person_needs_an_open_statement(api, lead_provider):
    response = api.post(PATH, envelope(trained(lead_provider, eligible=True)))

    assert refused(response) == ["cohort"]
    assert "2025" in response.json()["errors"][0]["detail"]


def frozen(training):
    """Freeze the payments of the training's contract period."""
    training.contract_period.payments_frozen_at = noon(date(2025, 6, 16))
    training.contract_period.save()
    return training


@pytest.mark.parametrize(
    ("today", "title"),
    [
        pytest.param({}, "cohort", id="confirmed today"),
        pytest.param({"eoi_only": True}, None, id="only an interest"),
        pytest.param({"finished_on": date(2025, 11, 4)}, None, id="ended yesterday"),
        pytest.param({"finished_on": date(2025, 11, 5)}, "cohort", id="ends today"),
        pytest.param({"started_on": date(2025, 11, 6)}, None, id="begins tomorrow"),
    ],
)
def test_training_today_in_a_frozen_year_with_any_provider_is_refused(
    api, lead_provider, today, title
):
    placement = ECTAtSchoolPeriodFactory(started_on=date(2022, 9, 1))
    mine = trained(
        lead_provider,
        ect_at_school_period=placement,
        teacher=placement.teacher,
        started_on=date(2025, 9, 1),
        finished_on=date(2025, 10, 31),
    )
    frozen(
        TrainingPeriodFactory(
            ect_at_school_period=placement,
            year=2022,
            **{"started_on": date(2025, 11, 1), **today},
        )
    )

    response = api.post(PATH, envelope(mine))

    assert refused(response) == [title] if title else declared(response)
    if title:
        assert "2022" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize(("eligible", "title"), [(False, None), (True, "cohort")])
def test_whoever_left_a_frozen_year_is_refused_only_for_want_of_a_statement(
    api, lead_provider, eligible, title
):
    training = frozen(
        trained(
            lead_provider,
            types=("completed",),
            eligible=eligible,
            year=2022,
            finished_on=date(2024, 7, 31),
        )
    )

    response = api.post(PATH, envelope(training, declaration_type="completed"))

    assert refused(response) == [title] if title else declared(response)


def test_a_mentor_training_in_a_frozen_year_may_still_be_declared_as_an_ect(api, lead_provider):
    teacher = TeacherFactory()
    frozen(TrainingPeriodFactory(for_mentor=True, teacher=teacher, year=2022))

    assert declared(api.post(PATH, envelope(trained(lead_provider, teacher=teacher))))


# -- Slots -----------------------------------------------------------------------------------


def test_declaring_the_same_again_is_refused(api, training):
    declared(api.post(PATH, envelope(training)))

    assert refused(api.post(PATH, envelope(training))) == ["declaration_type"]
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (None, "declaration_type"),
        ("eligible", "declaration_type"),
        ("payable", "declaration_type"),
        ("paid", "declaration_type"),
        ("voided", None),
        ("awaiting_clawback", None),
        ("clawed_back", None),
    ],
)
def test_a_slot_is_held_across_providers_until_voided_or_clawed_back(
    api, lead_provider, state, title
):
    placement = ECTAtSchoolPeriodFactory()
    theirs = TrainingPeriodFactory(ect_at_school_period=placement, finished_on=date(2025, 9, 30))
    DeclarationFactory(training_period=theirs, **({state: True} if state else {}))
    mine = trained(
        lead_provider,
        ect_at_school_period=placement,
        teacher=placement.teacher,
        started_on=date(2025, 10, 1),
    )

    response = api.post(PATH, envelope(mine))

    assert refused(response) == [title] if title else declared(response)


def test_the_other_roles_declaration_takes_no_slot(api, lead_provider):
    teacher = TeacherFactory()
    DeclarationFactory(training_period=trained(lead_provider, teacher=teacher, for_mentor=True))

    assert declared(api.post(PATH, envelope(trained(lead_provider, teacher=teacher))))
