"""When training becomes fundable, and which statement then pays (spec 01 §8.4, 04 §4.3)."""

from datetime import date

import pytest
from django.db import IntegrityError

from register_ects import tasks
from register_ects.models import Event
from register_ects.operations.statements.choosing import next_output_statement
from register_ects.operations.training import funding
from register_ects.operations.training.funding import (
    make_waiting_declarations_eligible,
    set_funding_eligibility,
)
from register_ects.operations.training.periods import open_provider_led_training
from register_ects.operations.training.plans import plan_mentor_training
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


pytestmark = pytest.mark.day("2026-03-12")


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


# -- Who sets it -----------------------------------------------------------------------------


def test_whoever_opens_a_mentors_training_makes_them_fundable(world):
    ect_placement = ECTAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 3, 1))
    TrainingPeriodFactory(ect_at_school_period=ect_placement, lead_provider=world.larch, year=2026)
    mentor = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 3, 1))
    waiting = mentor.teacher
    plan = plan_mentor_training(
        waiting,
        school=world.oak,
        lead_provider=world.larch,
        start=date(2026, 9, 10),
        mentee=ect_placement,
    )

    open_provider_led_training(mentor, plan, author=AUTHOR)

    waiting.refresh_from_db()
    assert waiting.mentor_first_became_eligible_for_training_at is not None


def test_one_declaration_that_cannot_be_moved_does_not_stop_the_others(monkeypatch):
    teacher = ect()
    training = TrainingPeriodFactory(ect_at_school_period=teacher.ect_at_school_periods.get())
    bad, good = (
        DeclarationFactory(training_period=training, declaration_type=kind)
        for kind in ("started", "retained-1")
    )
    statement_of(training.lead_provider, date(2026, 3, 31))
    record = funding.record_event

    def refusing(event_type, heading, **details):
        if bad in details["about"]:
            raise IntegrityError("no room")
        return record(event_type, heading, **details)

    monkeypatch.setattr(funding, "record_event", refusing)

    set_funding_eligibility(teacher, ECT, author=AUTHOR)

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("submitted", "eligible")
    assert teacher.ect_first_became_eligible_for_training_at is not None


# -- Every night -----------------------------------------------------------------------------


def test_the_night_marks_who_became_fundable_unnoticed():
    unnoticed = [ect(), MentorAtSchoolPeriodFactory().teacher]
    TrainingPeriodFactory(mentor_at_school_period=unnoticed[1].mentor_at_school_periods.get())
    not_yet = TeacherFactory()
    InductionPeriodFactory(teacher=not_yet, started_on=date(2026, 3, 13))
    ECTAtSchoolPeriodFactory(teacher=not_yet)

    report = funding.settle_funding(AUTHOR)

    for person in [*unnoticed, not_yet]:
        person.refresh_from_db()
    assert unnoticed[0].ect_first_became_eligible_for_training_at is not None
    assert unnoticed[1].mentor_first_became_eligible_for_training_at is not None
    assert not_yet.ect_first_became_eligible_for_training_at is None
    assert (report.settled, report.failed) == (2, 0)


def test_the_night_moves_declarations_that_were_stuck():
    teacher = ect()
    stuck = declared(teacher)
    set_funding_eligibility(teacher, ECT, author=AUTHOR)
    assert list(funding.declarations_without_statement()) == [stuck]
    assert funding.settle_funding(AUTHOR) == funding.FundingReport(0, 0, 1)
    statement_of(stuck.lead_provider, date(2026, 3, 31))

    report = funding.settle_funding(AUTHOR)

    stuck.refresh_from_db()
    assert stuck.state == "eligible"
    assert report == funding.FundingReport(1, 0, 0)
    assert funding.settle_funding(AUTHOR) == funding.FundingReport(0, 0, 0)


def test_of_two_roles_only_the_fundable_one_is_due():
    teacher = ect()
    set_funding_eligibility(teacher, ECT, author=AUTHOR)
    training = TrainingPeriodFactory(for_mentor=True, teacher=teacher)
    teacher.mentor_became_ineligible_for_funding_on = date(2021, 4, 19)
    teacher.mentor_became_ineligible_for_funding_reason = "completed_during_early_roll_out"
    teacher.save()
    DeclarationFactory(training_period=training)
    statement_of(training.lead_provider, date(2026, 3, 31))

    assert funding.settle_funding(AUTHOR) == funding.FundingReport(0, 0, 0)


def test_one_person_who_fails_does_not_stop_the_others(monkeypatch):
    first, second = ect(), ect()
    settle = funding._settle

    def failing(teacher_id, role, *, author):
        if teacher_id == first.pk:
            raise RuntimeError("broken")
        settle(teacher_id, role, author=author)

    monkeypatch.setattr(funding, "_settle", failing)

    report = funding.settle_funding(AUTHOR)

    second.refresh_from_db()
    assert (report.settled, report.failed) == (1, 1)
    assert second.ect_first_became_eligible_for_training_at is not None


def test_finding_who_is_due_costs_the_same_for_any_number(django_assert_num_queries):
    for _ in range(3):
        teacher = ect()
        teacher.ect_first_became_eligible_for_training_at = noon(date(2026, 3, 1))
        teacher.save()
        declared(teacher)

    with django_assert_num_queries(4):
        funding.settle_funding(AUTHOR)


def test_the_timer_settles():
    teacher = ect()

    tasks.settle_funding()

    teacher.refresh_from_db()
    assert teacher.ect_first_became_eligible_for_training_at is not None
