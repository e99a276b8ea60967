"""Declarations are voided, or clawed back once paid (spec 03 §5, §6)."""

from datetime import date

import pytest

from register_ects.models import Declaration, Event
from register_ects.operations.base import Author
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.training.mentor_completion import complete_mentor_training
from register_ects.rules.enumerations import MentorFundingEndReason
from register_ects.rules.problems import RuleBroken
from tests.factories import DeclarationFactory, StatementFactory, TrainingPeriodFactory, noon

SYSTEM = Author.system()


pytestmark = pytest.mark.day("2026-02-10")


@pytest.mark.parametrize("trait", [None, "eligible", "payable"])
def test_what_was_not_paid_is_voided(trait):
    declaration = DeclarationFactory(**({trait: True} if trait else {}))

    void_declaration(declaration, author=SYSTEM)

    declaration.refresh_from_db()
    assert declaration.state == "voided"
    assert Event.objects.get().event_type == "teacher_declaration_voided"


def test_what_was_paid_is_clawed_back_from_the_next_statement():
    declaration = DeclarationFactory(paid=True)
    following = StatementFactory(
        active_lead_provider=declaration.payment_statement.active_lead_provider,
        deadline_date=date(2026, 3, 31),
        payment_date=date(2026, 4, 25),
        year=2026,
        month=4,
    )

    void_declaration(declaration, author=SYSTEM)

    declaration.refresh_from_db()
    assert declaration.state == "awaiting-clawback"
    assert declaration.clawback_statement == following


def test_a_slot_is_free_again_after_a_void():
    declaration = DeclarationFactory()

    void_declaration(declaration, author=SYSTEM)

    assert not Declaration.objects.live().exists()


@pytest.mark.parametrize(
    ("trait", "code"),
    [
        ("voided", "already_voided"),
        ("awaiting_clawback", "already_clawed_back"),
        ("clawed_back", "already_clawed_back"),
        ("paid", "no_statement_for_clawback"),
    ],
)
def test_what_cannot_be_voided_is_refused(trait, code):
    declaration = DeclarationFactory(**{trait: True})

    with pytest.raises(RuleBroken, match=code):
        void_declaration(declaration, author=SYSTEM)


def completed_mentor() -> Declaration:
    training = TrainingPeriodFactory(for_mentor=True)
    declaration = DeclarationFactory(
        training_period=training,
        declaration_type="completed",
        declaration_date=noon(date(2026, 2, 1)),
        mentorship_period=None,
    )
    complete_mentor_training(declaration, author=SYSTEM)
    return declaration


def test_voiding_a_completion_reopens_the_training_it_closed():
    declaration = completed_mentor()
    declaration.training_period.refresh_from_db()
    assert declaration.training_period.finished_on == date(2026, 2, 1)

    void_declaration(declaration, author=SYSTEM)

    declaration.training_period.refresh_from_db()
    declaration.teacher.refresh_from_db()
    assert declaration.training_period.finished_on is None
    assert declaration.teacher.mentor_became_ineligible_for_funding_on is None


def test_another_reason_for_the_end_of_funding_stays():
    declaration = completed_mentor()
    teacher = declaration.teacher
    teacher.refresh_from_db()
    teacher.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.STARTED_NOT_COMPLETED
    )
    teacher.save()

    void_declaration(declaration, author=SYSTEM)

    teacher.refresh_from_db()
    assert teacher.mentor_became_ineligible_for_funding_on == date(2026, 2, 1)
