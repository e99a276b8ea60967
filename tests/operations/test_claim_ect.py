"""An appropriate body claims an ECT (spec 06 §6.8, §6.15, §6.22 checks 1 to 3)."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from register_ects.models import Event, InductionPeriod, Teacher, TRSInductionUpdate
from register_ects.operations.inductions.periods import claim_ect, claim_problem, release_ect
from register_ects.operations.inductions.trs_updates import record_sent
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    AppropriateBodyFactory,
    DeclarationFactory,
    InductionPeriodFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.inductions import AUTHOR, PROHIBITION, claim, record
from tests.races import all_at_once

pytestmark = pytest.mark.day("2025-09-20")


def event_types() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("event_type", flat=True))


def test_someone_new_is_imported_claimed_and_told_to_trs():
    body = AppropriateBodyFactory(active=True, name="Hub A")

    period = claim_ect(body, claim(), author=AUTHOR)

    teacher = period.teacher
    update = TRSInductionUpdate.objects.get()
    assert teacher.name == "Amara Oduya"
    assert teacher.trs_induction_status == "RequiredToComplete"  # TRS's word, until it confirms
    assert teacher.trs_qts_awarded_on == date(2023, 7, 1)
    assert (period.started_on, period.finished_on) == (date(2025, 9, 1), None)
    assert (update.status, update.start_date, update.completed_date) == (
        "InProgress",
        date(2025, 9, 1),
        None,
    )
    assert event_types() == [
        "teacher_imported_from_trs",
        "induction_period_opened",
    ]


def test_the_claim_is_dated_at_the_first_day_and_signed():
    body = AppropriateBodyFactory(active=True, name="Hub A")

    period = claim_ect(body, claim(), author=AUTHOR)

    event = Event.objects.get(induction_period=period)
    assert event.heading == "Hub A claimed Amara Oduya"
    assert event.happened_at.date() == date(2025, 8, 31)  # midnight in London
    assert (event.author_name, event.appropriate_body) == ("Priya Bell", body)
    assert "Started on set to '1 Sep 2025'" in event.modifications


def test_someone_known_is_brought_up_to_date_with_trs():
    teacher = TeacherFactory(
        trn="3000101", trs_first_name="Amara", trs_last_name="Bell", corrected_name="Amara Oduya"
    )

    claim_ect(AppropriateBodyFactory(active=True), claim(), author=AUTHOR)

    teacher.refresh_from_db()
    renamed = Event.objects.get(event_type="teacher_name_updated_by_trs")
    assert (teacher.trs_last_name, teacher.corrected_name) == ("Oduya", None)
    assert renamed.metadata == {"old_name": "Amara Bell", "new_name": "Amara Oduya"}
    assert "teacher_trs_attributes_updated" in event_types()


def test_one_day_before_qts_is_refused_with_the_qts_date():
    body = AppropriateBodyFactory(active=True)
    qualified = {"qts_awarded_on": date(2025, 9, 2)}

    with pytest.raises(RuleBroken, match="started_on before_qts") as refusal:
        claim_ect(body, claim("2025-09-01", **qualified), author=AUTHOR)

    assert refusal.value.problems[0].details == {"earliest": date(2025, 9, 2)}
    assert not Teacher.objects.exists()
    assert claim_ect(body, claim("2025-09-02", **qualified), author=AUTHOR)


def test_a_claim_after_a_release_starts_the_day_after_and_tells_trs_nothing(on):
    on("2025-04-20")
    first, second = AppropriateBodyFactory.create_batch(2, active=True)
    period = claim_ect(first, claim("2024-09-02"), author=AUTHOR)
    record_sent(TRSInductionUpdate.objects.get())
    told = {"induction_status": "InProgress", "induction_start_date": date(2024, 9, 2)}
    release_ect(period, finished_on=date(2025, 3, 31), number_of_terms=Decimal(2), author=AUTHOR)

    with pytest.raises(RuleBroken, match="started_on overlaps"):
        claim_ect(second, claim("2025-03-31", **told), author=AUTHOR)
    claim_ect(second, claim("2025-04-01", **told), author=AUTHOR)

    assert TRSInductionUpdate.objects.count() == 1
    assert InductionPeriod.objects.open().get().appropriate_body == second


def test_trs_is_not_told_what_it_already_says():
    InductionPeriodFactory(teacher__trn="3000101", started_on=date(2024, 9, 2), finished=True)
    in_progress = {
        "induction_status": "InProgress",
        "induction_start_date": date(2024, 9, 2),
    }

    claim_ect(AppropriateBodyFactory(active=True), claim(**in_progress), author=AUTHOR)

    assert not TRSInductionUpdate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"qts_awarded_on": None}, "no_qts"),
        ({"alerts": (PROHIBITION,)}, "prohibited"),
        ({"induction_status": "Passed"}, "passed"),
        ({"induction_status": "FailedInWales"}, "failed"),
        ({"induction_status": "Exempt"}, "exempt"),
        ({"induction_status": None}, "unknown_status"),
    ],
)
def test_trs_can_rule_a_claim_out(changes, code):
    body = AppropriateBodyFactory(active=True)

    with pytest.raises(RuleBroken, match=code):
        claim_ect(body, claim(**changes), author=AUTHOR)

    assert claim_problem(body, record(**changes)).code == code
    assert not Teacher.objects.exists()
    assert not Event.objects.exists()


def test_an_outcome_recorded_here_rules_a_claim_out_before_trs_knows():
    InductionPeriodFactory(teacher__trn="3000101", started_on=date(2024, 9, 2), passed=True)

    with pytest.raises(RuleBroken, match="passed"):
        claim_ect(AppropriateBodyFactory(active=True), claim(), author=AUTHOR)


def test_the_body_that_holds_an_ect_is_named_to_the_one_that_came_too_late():
    InductionPeriodFactory(teacher__trn="3000101", appropriate_body__name="Hub A")
    late = AppropriateBodyFactory(active=True)

    with pytest.raises(RuleBroken, match="held_by_another") as refusal:
        claim_ect(late, claim("2025-09-10"), author=AUTHOR)

    assert refusal.value.problems[0].details["held_by"] == "Hub A"


def test_a_body_does_not_claim_the_same_person_twice():
    body = AppropriateBodyFactory(active=True)
    claim_ect(body, claim(), author=AUTHOR)

    with pytest.raises(RuleBroken, match="already_yours"):
        claim_ect(body, claim(), author=AUTHOR)


def test_a_claim_makes_training_fundable_and_waiting_declarations_eligible():
    teacher = TeacherFactory(trn="3000101")
    training = TrainingPeriodFactory(ect_at_school_period__teacher=teacher)
    declaration = DeclarationFactory(training_period=training)
    statement = StatementFactory(
        lead_provider=training.lead_provider, contract_year=training.contract_period_id
    )

    claim_ect(AppropriateBodyFactory(active=True), claim(), author=AUTHOR)

    declaration.refresh_from_db()
    teacher.refresh_from_db()
    assert teacher.ect_first_became_eligible_for_training_at is not None
    assert (declaration.state, declaration.payment_statement) == ("eligible", statement)


@pytest.mark.django_db(transaction=True)
def test_of_two_bodies_that_claim_at_once_exactly_one_wins():
    first = AppropriateBodyFactory(active=True, name="Hub A")
    second = AppropriateBodyFactory(active=True, name="Hub B")

    ended = all_at_once(
        *(partial(claim_ect, body, claim("2025-09-01"), author=AUTHOR) for body in (first, second))
    )
    results = dict(zip(("Hub A", "Hub B"), ended, strict=True))

    winner = InductionPeriod.objects.get().appropriate_body.name
    loser = ({"Hub A", "Hub B"} - {winner}).pop()
    assert Teacher.objects.count() == 1
    [problem] = results[loser].problems
    assert (problem.code, problem.details["held_by"]) == ("held_by_another", winner)
