"""What the service would have recorded of a life, in the words that people read.

The same types, headings and links as the operations write; not every step has one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from register_ects.invented.population.plans import (
    Declaration,
    Facts,
    Induction,
    Mentorship,
    Person,
    Placement,
    Training,
)
from register_ects.invented.population.world import SchoolFacts, World
from register_ects.rules.enumerations import (
    AuthorType,
    ClawbackStatus,
    DeclarationType,
    InductionOutcome,
    PaymentStatus,
    TraineeRole,
)
from register_ects.rules.event_types import EVENT_CATEGORIES
from register_ects.rules.instants import LONDON
from register_ects.rules.names import display_name

#: The columns of an event that the population fills in.
COLUMNS = (
    *("event_type", "category", "heading", "happened_at", "recorded_at"),
    *("author_type", "author_email", "author_name", "modifications", "metadata"),
    *("teacher_id", "school_id", "appropriate_body_id", "induction_period_id"),
    *("ect_at_school_period_id", "mentor_at_school_period_id", "mentorship_period_id"),
    *("training_period_id", "school_partnership_id", "lead_provider_id"),
    *("delivery_partner_id", "statement_id", "declaration_id"),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who caused an event."""

    author_type: str
    name: str | None = None
    email: str | None = None


_SYSTEM = Writer(AuthorType.SYSTEM.value)


def events_of(facts: Facts, world: World) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the events of some people, in the order of ``COLUMNS``.

    The facts have their keys already.
    """
    for person in facts.people:
        if person.anonymised_at is None:
            heading = f"{name_of(person)} was imported from TRS"
            yield _row(
                "teacher_imported_from_trs",
                heading,
                _SYSTEM,
                person.created_at,
                teacher_id=person.id,
            )
    for each in facts.partnerships:
        provider = world.provider_names[each.provider.id]
        yield _row(
            "school_partnership_created",
            f"{each.school.name} partnered with {world.partner_names[each.delivery_partner_id]}"
            f" through {provider} for {each.year}",
            Writer(AuthorType.LEAD_PROVIDER_API.value, provider),
            each.created_at,
            school_id=each.school.id,
            school_partnership_id=each.id,
            lead_provider_id=each.provider.id,
            delivery_partner_id=each.delivery_partner_id,
        )
    for placement in (*facts.ect_placements, *facts.mentor_placements):
        yield from _of_placement(placement, world)
    for mentorship in facts.mentorships:
        yield from _of_mentorship(mentorship)
    for training in facts.trainings:
        yield from _of_training(training, world)
    for induction in facts.inductions:
        yield from _of_induction(induction, world)
    for declaration in facts.declarations:
        yield from _of_declaration(declaration, world)


def name_of(person: Person) -> str:
    """Return the name that people see."""
    return display_name(person.corrected_name, person.trs_first_name, person.trs_last_name)


def school_user(school: SchoolFacts) -> Writer:
    """Return who acts for a school."""
    return Writer(
        AuthorType.SCHOOL_USER.value, f"Office of {school.name}", f"office.{school.urn}@example.com"
    )


def _row(
    event_type: str,
    heading: str,
    by: Writer,
    at: datetime,
    *,
    on: date | None = None,
    **links: int | None,
) -> tuple[Any, ...]:
    happened_at = datetime.combine(on, time(), LONDON) if on else at
    known = {
        "event_type": event_type,
        "category": EVENT_CATEGORIES[event_type],
        "heading": heading,
        "happened_at": happened_at,
        "recorded_at": at,
        "author_type": by.author_type,
        "author_email": by.email,
        "author_name": by.name,
        "modifications": "[]",
        "metadata": "{}",
        **links,
    }
    return tuple(known.get(column) for column in COLUMNS)


def _placement_link(placement: Placement) -> dict[str, int]:
    return {f"{placement.role.value}_at_school_period_id": placement.id}


def _of_placement(placement: Placement, world: World) -> Iterator[tuple[Any, ...]]:
    is_ect = placement.role == TraineeRole.ECT
    name, school = name_of(placement.person), placement.school
    links = {
        "teacher_id": placement.person.id,
        "school_id": school.id,
        **_placement_link(placement),
    }
    yield _row(
        "teacher_registered_as_ect" if is_ect else "teacher_registered_as_mentor",
        f"{name} was registered as {'an ECT' if is_ect else 'a mentor'} at {school.name}",
        school_user(school),
        placement.created_at,
        on=placement.started_on,
        **links,
    )
    if placement.finished_on and placement.reported_leaving:
        yield _row(
            "teacher_left_school_as_ect" if is_ect else "teacher_left_school_as_mentor",
            f"{name} {'leaves' if placement.finished_on >= world.today else 'left'} {school.name}"
            f"{'' if is_ect else ' as a mentor'}",
            school_user(school),
            placement.updated_at,
            on=placement.finished_on,
            **links,
        )


def _of_mentorship(mentorship: Mentorship) -> Iterator[tuple[Any, ...]]:
    ect, mentor = mentorship.ect, mentorship.mentor
    names = name_of(ect.person), name_of(mentor.person)
    for event_type, heading, placement in (
        ("teacher_starts_being_mentored", f"{names[0]} is mentored by {names[1]}", ect),
        ("teacher_starts_mentoring", f"{names[1]} mentors {names[0]}", mentor),
    ):
        yield _row(
            event_type,
            heading,
            school_user(ect.school),
            mentorship.created_at,
            on=mentorship.started_on,
            teacher_id=placement.person.id,
            school_id=ect.school.id,
            mentorship_period_id=mentorship.id,
            **_placement_link(placement),
        )


def _of_training(training: Training, world: World) -> Iterator[tuple[Any, ...]]:
    placement = training.placement
    name, is_ect = name_of(placement.person), placement.role == TraineeRole.ECT
    yield _row(
        "teacher_starts_training_period",
        f"{name} starts training as {'an ECT' if is_ect else 'a mentor'}",
        school_user(placement.school),
        training.created_at,
        on=training.started_on,
        teacher_id=placement.person.id,
        school_id=placement.school.id,
        training_period_id=training.id,
        **_placement_link(placement),
    )
    if training.provider is None:
        return
    provider = world.provider_names[training.provider.id]
    for event_type, heading, at in (
        (
            "teacher_withdraws_training_period",
            f"{provider} withdrew {name} from training",
            training.withdrawn_at,
        ),
        (
            "teacher_defers_training_period",
            f"{provider} deferred {name}’s training",
            training.deferred_at,
        ),
    ):
        if at is not None:
            yield _row(
                event_type,
                heading,
                Writer(AuthorType.LEAD_PROVIDER_API.value, provider),
                at,
                teacher_id=placement.person.id,
                training_period_id=training.id,
                lead_provider_id=training.provider.id,
            )


def _of_induction(induction: Induction, world: World) -> Iterator[tuple[Any, ...]]:
    name, body = name_of(induction.person), world.body_names[induction.appropriate_body_id]
    by = Writer(
        AuthorType.APPROPRIATE_BODY_USER.value,
        body,
        f"induction.{induction.appropriate_body_id}@example.com",
    )
    links = {
        "teacher_id": induction.person.id,
        "appropriate_body_id": induction.appropriate_body_id,
        "induction_period_id": induction.id,
    }
    yield _row(
        "induction_period_opened",
        f"{body} claimed {name}",
        by,
        induction.created_at,
        on=induction.started_on,
        **links,
    )
    if induction.finished_on is None:
        return
    event_type, heading = {
        None: ("induction_period_closed", f"{body} released {name}"),
        InductionOutcome.PASS: (
            "teacher_passes_induction",
            f"{body} recorded that {name} passed induction",
        ),
        InductionOutcome.FAIL: (
            "teacher_fails_induction",
            f"{body} recorded that {name} failed induction",
        ),
    }[InductionOutcome(induction.outcome) if induction.outcome else None]
    yield _row(event_type, heading, by, induction.updated_at, on=induction.finished_on, **links)


def _of_declaration(declaration: Declaration, world: World) -> Iterator[tuple[Any, ...]]:
    training = declaration.training
    person, provider = training.placement.person, training.provider
    if provider is None:
        return
    name = name_of(person)
    kind = DeclarationType(declaration.declaration_type).within_a_sentence
    by = Writer(AuthorType.LEAD_PROVIDER_API.value, world.provider_names[provider.id])
    links: dict[str, Any] = {
        "teacher_id": person.id,
        "training_period_id": training.id,
        "declaration_id": declaration.id,
    }
    yield _row(
        "teacher_declaration_created",
        f"{by.name} made a {kind} declaration for {name}",
        by,
        declaration.created_at,
        lead_provider_id=provider.id,
        **links,
    )
    what = _became_of(declaration)
    if what is not None:
        event_type, words, author, statement_id = what
        yield _row(
            event_type,
            f"The {kind} declaration for {name} {words}",
            by if author is None else author,
            declaration.updated_at,
            statement_id=statement_id,
            **links,
        )


def _became_of(
    declaration: Declaration,
) -> tuple[str, str, Writer | None, int | None] | None:
    """Return the last thing that happened to a declaration; None: its provider did it."""
    clawback, statement = declaration.clawback_statement, declaration.statement
    if declaration.clawback_status == ClawbackStatus.CLAWED_BACK and clawback:
        return "teacher_declaration_clawed_back", "was clawed back", _SYSTEM, clawback.id
    if declaration.clawback_status == ClawbackStatus.AWAITING_CLAWBACK and clawback:
        return "teacher_declaration_awaiting_clawback", "will be clawed back", None, None
    if declaration.payment_status == PaymentStatus.VOIDED:
        return "teacher_declaration_voided", "was voided", None, None
    if declaration.payment_status == PaymentStatus.PAID and statement:
        return "teacher_declaration_paid", "was paid", _SYSTEM, statement.id
    return None
