"""When training becomes fundable, and which statement then pays (spec 01 §8.4, 04 §4.3)."""

from datetime import date

import pytest

from register_ects.models import Event
from register_ects.operations.funding import (
    make_waiting_declarations_eligible,
    set_funding_eligibility,
)
from register_ects.operations.statements import next_output_statement
from register_ects.rules.enumerations import TraineeRole
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.inductions import AUTHOR

ECT, MENTOR = TraineeRole.ECT, TraineeRole.MENTOR


@pytest.fixture(autouse=True)
def _today(on):
    on("2026-03-12")


def ect(*, induction=True, placement=True):
    teacher = TeacherFactory()
    if induction:
        InductionPeriodFactory(teacher=teacher)
    if placement:
        ECTAtSchoolPeriodFactory(teacher=teacher)
    return teacher


def declared(teacher, **changes):
    training = TrainingPeriodFactory(ect_at_school_period=teacher.ect_at_school_periods.get())
    return DeclarationFactory(training_period=training, **changes)


def statement_of(lead_provider, deadline, **changes):
    return StatementFactory(
        lead_provider=lead_provider,
        contract_year=2025,
        deadline_date=deadline,
        payment_date=date(2026, 8, 25),
        **changes,
    )


@pytest.mark.parametrize(
    ("facts", "fundable"),
    [
        ({}, True),
        ({"induction": False}, False),
        ({"placement": False}, False),
    ],
)
def test_an_ect_needs_an_induction_and_a_placement(facts, fundable):
    teacher = ect(**facts)

    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    teacher.refresh_from_db()
    assert bool(teacher.ect_first_became_eligible_for_training_at) is fundable
    assert Event.objects.count() == fundable


@pytest.mark.parametrize(
    ("period", "fundable"),
    [
        pytest.param({"started_on": date(2026, 3, 12)}, True, id="begins today"),
        pytest.param({"started_on": date(2026, 3, 13)}, False, id="begins tomorrow"),
        pytest.param({"finished": True, "finished_on": date(2026, 3, 11)}, True, id="has ended"),
        pytest.param(
            {"finished": True, "finished_on": date(2026, 3, 11), "outcome": "pass"},
            True,
            id="passed",
        ),
    ],
)
def test_an_induction_counts_from_its_first_day_even_when_it_has_ended(period, fundable):
    teacher = ect(induction=False)
    InductionPeriodFactory(teacher=teacher, **period)

    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    assert (teacher.ect_first_became_eligible_for_training_at is not None) is fundable


def test_a_placement_of_the_past_is_enough():
    teacher = ect(placement=False)
    ECTAtSchoolPeriodFactory(teacher=teacher, finished=True, finished_on=date(2025, 12, 19))

    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    assert teacher.ect_first_became_eligible_for_training_at is not None


def test_the_time_is_set_once(on):
    teacher = ect()
    set_funding_eligibility(teacher, ECT, author=AUTHOR)
    on("2026-04-12")
    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    assert teacher.ect_first_became_eligible_for_training_at == noon(date(2026, 3, 12))
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("trained", "completed", "fundable"),
    [(True, False, True), (False, False, False), (True, True, False)],
)
def test_a_mentor_needs_training_and_no_end_of_funding(trained, completed, fundable):
    placement = MentorAtSchoolPeriodFactory(teacher__mentor_completed=completed)
    if trained:
        TrainingPeriodFactory(mentor_at_school_period=placement)

    set_funding_eligibility(placement.teacher, MENTOR, author=AUTHOR)

    is_set = placement.teacher.mentor_first_became_eligible_for_training_at is not None
    assert is_set is fundable


def test_waiting_declarations_go_to_the_next_open_statement():
    teacher = ect()
    declaration = declared(teacher)
    for deadline, changes in [
        (date(2026, 3, 11), {}),
        (date(2026, 3, 31), {"payable": True}),
        (date(2026, 4, 30), {"service": True}),
        (date(2026, 6, 30), {}),
        (date(2026, 5, 31), {}),
    ]:
        statement_of(declaration.lead_provider, deadline, **changes)

    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    declaration.refresh_from_db()
    assert declaration.payment_status == "eligible"
    assert declaration.payment_statement.deadline_date == date(2026, 5, 31)
    assert Event.objects.filter(event_type="teacher_declaration_eligible").count() == 1


def test_a_declaration_without_a_statement_waits_and_the_person_is_still_fundable():
    teacher = ect()
    declaration = declared(teacher)
    set_funding_eligibility(teacher, ECT, author=AUTHOR)
    declaration.refresh_from_db()
    assert declaration.payment_status == "no_payment"

    statement_of(declaration.lead_provider, date(2026, 3, 31))
    make_waiting_declarations_eligible(teacher, ECT, author=AUTHOR)

    teacher.refresh_from_db()
    declaration.refresh_from_db()
    assert teacher.ect_first_became_eligible_for_training_at is not None
    assert declaration.payment_status == "eligible"


def test_voided_declarations_stay_voided():
    teacher = ect()
    declaration = declared(teacher, voided=True)
    statement_of(declaration.lead_provider, date(2026, 3, 31))

    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    declaration.refresh_from_db()
    assert declaration.payment_status == "voided"


def test_the_deadline_day_itself_still_counts():
    statement = statement_of(LeadProviderFactory(), date(2026, 3, 12))

    found = next_output_statement(statement.lead_provider, 2025, date(2026, 3, 12))

    assert found == statement
    assert next_output_statement(statement.lead_provider, 2025, date(2026, 3, 13)) is None
