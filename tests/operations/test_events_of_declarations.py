"""Each step in a declaration's life is told of person, training and declaration (spec 03 §16)."""

from datetime import date

import pytest

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.operations.statements.closing import close_due_statements
from register_ects.operations.training.funding import set_funding_eligibility
from register_ects.operations.training.mentor_completion import complete_mentor_training
from register_ects.rules.enumerations import TraineeRole
from tests.factories import (
    DeclarationFactory,
    InductionPeriodFactory,
    StatementFactory,
    TrainingPeriodFactory,
    noon,
)

AUTHOR = Author.system()


pytestmark = pytest.mark.day("2026-02-10")


def next_statement(declaration):
    return StatementFactory(
        lead_provider=declaration.lead_provider, deadline_date=date(2026, 3, 31), position=25
    )


def becomes_eligible():
    declaration = DeclarationFactory()
    next_statement(declaration)
    InductionPeriodFactory(teacher=declaration.teacher)
    set_funding_eligibility(declaration.teacher, TraineeRole.ECT, author=AUTHOR)
    return declaration


def becomes_payable():
    declaration = DeclarationFactory(eligible=True)
    close_due_statements(date(2026, 2, 10), author=AUTHOR)
    return declaration


def is_paid():
    declaration = DeclarationFactory(payable=True)
    authorise_statement(declaration.payment_statement, author=AUTHOR)
    return declaration


def is_voided():
    return void_declaration(DeclarationFactory(), author=AUTHOR)


def awaits_clawback():
    declaration = DeclarationFactory(paid=True)
    next_statement(declaration)
    return void_declaration(declaration, author=AUTHOR)


def is_clawed_back():
    declaration = awaits_clawback()
    close_due_statements(date(2026, 4, 1), author=AUTHOR)
    declaration.clawback_statement.refresh_from_db()
    authorise_statement(
        declaration.clawback_statement, author=AUTHOR, out_of_order_because="Agreed with finance"
    )
    return declaration


@pytest.mark.parametrize(
    ("step", "event_type"),
    [
        (becomes_eligible, "teacher_declaration_eligible"),
        (becomes_payable, "teacher_declaration_payable"),
        (is_paid, "teacher_declaration_paid"),
        (is_voided, "teacher_declaration_voided"),
        (awaits_clawback, "teacher_declaration_awaiting_clawback"),
        (is_clawed_back, "teacher_declaration_clawed_back"),
    ],
)
def test_a_step_is_told_once_with_its_links(step, event_type):
    declaration = step()

    told = Event.objects.get(event_type=event_type)
    assert (told.teacher, told.training_period, told.declaration) == (
        declaration.teacher,
        declaration.training_period,
        declaration,
    )
    assert told.author_type == "system"


def test_events_call_a_type_of_declaration_by_its_label():
    declaration = DeclarationFactory(
        declaration_type="retained-1", declaration_date=noon(date(2026, 1, 15))
    )

    void_declaration(declaration, author=AUTHOR)

    assert Event.objects.get().heading == (
        f"The retained 1 declaration for {declaration.teacher.name} was voided"
    )


@pytest.fixture
def completed():
    training = TrainingPeriodFactory(for_mentor=True)
    declaration = DeclarationFactory(
        training_period=training,
        declaration_type="completed",
        declaration_date=noon(date(2026, 2, 1)),
    )
    complete_mentor_training(declaration, author=AUTHOR)
    return declaration


def test_a_mentors_completion_is_told_and_so_is_its_void(completed):
    void_declaration(completed, author=AUTHOR)

    told = Event.objects.filter(event_type="mentor_completion_status_change")
    links = set(told.values_list("teacher", "training_period", "declaration"))
    assert told.count() == 2
    assert links == {(completed.teacher_id, completed.training_period_id, completed.pk)}


def test_the_end_of_a_mentors_training_is_told_on_its_day(completed):
    told = Event.objects.get(event_type="teacher_finishes_training_period")

    training = completed.training_period
    assert (told.teacher, told.training_period) == (completed.teacher, training)
    assert (told.school, told.mentor_at_school_period) == (
        training.school,
        training.mentor_at_school_period,
    )
    assert told.happened_at.date() == date(2026, 2, 1)
