"""Which declarations each provider is shown, and what of them."""

from datetime import date

import pytest

from register_ects.projections.declarations import render
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)

pytestmark = pytest.mark.day("2025-11-05")


@pytest.fixture
def moved(harbour, northgate):
    """An ECT's training with Harbour to 30 September, then with Northgate to 20 October."""
    placement = ECTAtSchoolPeriodFactory()
    first = TrainingPeriodFactory(
        ect_at_school_period=placement, lead_provider=harbour, finished_on=date(2025, 9, 30)
    )
    TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=northgate,
        started_on=date(2025, 10, 1),
        finished_on=date(2025, 10, 20),
    )
    return first


def readers(declaration):
    return [shown.lead_provider_id for shown in render([declaration.pk])]


def shown_to(provider, declaration):
    (found,) = [s for s in render([declaration.pk]) if s.lead_provider_id == provider.pk]
    return found


def test_a_declaration_is_shown_with_every_attribute(harbour):
    training = TrainingPeriodFactory(lead_provider=harbour, year=2024)  # uplifts are paid
    mentorship = MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)
    declaration = DeclarationFactory(
        training_period=training,
        paid=True,
        evidence_type="other",
        pupil_premium_uplift=True,
        mentorship_period=mentorship,
    )
    partner = declaration.delivery_partner_when_created

    (shown,) = render([declaration.pk])

    assert (shown.lead_provider_id, shown.record_id) == (harbour.pk, declaration.pk)
    assert (shown.api_id, shown.created_at) == (declaration.api_id, declaration.created_at)
    assert (shown.years, shown.participant_id) == ((2024,), training.teacher.api_id)
    assert shown.delivery_partner_id == partner.api_id
    assert shown.attributes == {
        "participant_id": training.teacher.api_id,
        "declaration_type": "started",
        "course_identifier": "ecf-induction",
        "declaration_date": declaration.declaration_date,
        "mentor_id": mentorship.mentor_teacher.api_id,
        "state": "paid",
        "created_at": declaration.created_at,
        "delivery_partner_id": partner.api_id,
        "statement_id": declaration.payment_statement.api_id,
        "clawback_statement_id": None,
        "ineligible_for_funding_reason": None,
        "uplift_paid": True,
        "evidence_held": "other",
        "lead_provider_name": "Harbour Learning",
    }


@pytest.mark.parametrize(
    ("trait", "state", "uplift_paid", "has_statement"),
    [
        (None, "submitted", False, False),
        ("eligible", "eligible", False, True),
        ("payable", "payable", False, True),
        ("paid", "paid", True, True),
        ("voided", "voided", False, False),
        ("awaiting_clawback", "awaiting-clawback", True, True),
        ("clawed_back", "clawed-back", True, True),
    ],
)
def test_state_uplift_and_statements_by_status(trait, state, uplift_paid, has_statement):
    declaration = DeclarationFactory(
        sparsity_uplift=True, training_period__year=2024, **({trait: True} if trait else {})
    )

    attributes = render([declaration.pk])[0].attributes

    assert (attributes["state"], attributes["uplift_paid"]) == (state, uplift_paid)
    assert (attributes["statement_id"] is not None) is has_statement
    assert (attributes["clawback_statement_id"] is not None) is ("claw" in state)


def test_a_voided_declaration_hides_the_statement_it_was_on():
    declaration = DeclarationFactory(eligible=True)
    declaration.payment_status = "voided"
    declaration.save()

    assert render([declaration.pk])[0].attributes["statement_id"] is None


@pytest.mark.parametrize(
    ("traits", "is_shown"),
    [
        pytest.param({}, True, id="submitted"),
        pytest.param({"eligible": True}, True, id="eligible"),
        pytest.param({"payable": True}, True, id="payable"),
        pytest.param({"paid": True}, True, id="paid"),
        pytest.param({"voided": True}, False, id="voided"),
        pytest.param({"awaiting_clawback": True}, False, id="awaiting clawback"),
        pytest.param({"clawed_back": True}, False, id="clawed back"),
        pytest.param({"declaration_date": "2025-10-20T22:59:59Z"}, True, id="last London second"),
        pytest.param({"declaration_date": "2025-10-20T23:00:00Z"}, False, id="the day after"),
    ],
)
def test_another_provider_is_shown_live_ones_up_to_its_last_day(
    moved, harbour, northgate, traits, is_shown
):
    declaration = DeclarationFactory(training_period=moved, **traits)
    declaration.refresh_from_db()

    assert readers(declaration) == [harbour.pk, *([northgate.pk] if is_shown else [])]


def test_open_training_has_no_last_day(moved, harbour, northgate):
    moved.ect_at_school_period.training_periods.filter(lead_provider=northgate).update(
        finished_on=None
    )
    declaration = DeclarationFactory(training_period=moved, declaration_date="2025-11-04T09:00:00Z")

    assert northgate.pk in readers(declaration)


def test_only_the_latest_training_of_another_provider_counts(moved, northgate):
    TrainingPeriodFactory(
        ect_at_school_period=moved.ect_at_school_period,
        lead_provider=northgate,
        started_on=date(2025, 12, 1),
    )
    declaration = DeclarationFactory(training_period=moved, declaration_date="2025-11-04T09:00:00Z")

    assert northgate.pk in readers(declaration)


@pytest.mark.parametrize("kind", ["eoi_only", "for_mentor"])
def test_an_interest_or_the_other_role_shows_nothing(harbour, northgate, kind):
    teacher = TeacherFactory()
    training = TrainingPeriodFactory(
        lead_provider=harbour, teacher=teacher, finished_on=date(2025, 10, 10)
    )
    placement = training.ect_at_school_period
    TrainingPeriodFactory(
        lead_provider=northgate,
        started_on=date(2025, 10, 11),
        **(
            {"eoi_only": True, "ect_at_school_period": placement}
            if kind == "eoi_only"
            else {"for_mentor": True, "teacher": teacher}
        ),
    )

    assert readers(DeclarationFactory(training_period=training)) == [harbour.pk]


def test_a_mentor_is_named_only_to_a_provider_that_can_look_them_up(moved, harbour, northgate):
    mentorship = MentorshipPeriodFactory(ect_at_school_period=moved.ect_at_school_period)
    declaration = DeclarationFactory(training_period=moved, mentorship_period=mentorship)
    assert shown_to(harbour, declaration).attributes["mentor_id"] is None

    mentor = mentorship.mentor_at_school_period.teacher
    TrainingPeriodFactory(
        lead_provider=northgate, mentor_at_school_period=mentorship.mentor_at_school_period
    )
    assert shown_to(northgate, declaration).attributes["mentor_id"] == mentor.api_id
    assert shown_to(harbour, declaration).attributes["mentor_id"] is None


def test_the_delivery_partner_is_the_one_of_then(harbour):
    declaration = DeclarationFactory(training_period__lead_provider=harbour)
    then = declaration.delivery_partner_when_created
    training = declaration.training_period
    other = TrainingPeriodFactory(lead_provider=harbour, school=training.school)
    training.school_partnership = other.school_partnership
    training.save()

    assert render([declaration.pk])[0].delivery_partner_id == then.api_id


def test_any_number_of_declarations_costs_five_queries(moved, django_assert_num_queries):
    keys = []
    for _ in range(3):
        mentorship = MentorshipPeriodFactory()
        training = TrainingPeriodFactory(ect_at_school_period=mentorship.ect_at_school_period)
        keys.append(DeclarationFactory(training_period=training, mentorship_period=mentorship).pk)
    keys.append(DeclarationFactory(training_period=moved).pk)

    with django_assert_num_queries(5):
        assert len(render(keys)) == 5


def test_nothing_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert render([]) == []
