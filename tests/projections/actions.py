"""What people and systems may do in little England. A refused action changes nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from register_ects import clock
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolPartnership,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author
from register_ects.operations.declarations.making import create_declaration
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.inductions.periods import (
    Claim,
    claim_ect,
    pass_induction,
    release_ect,
)
from register_ects.operations.lead_providers.partnerships import (
    correct_delivery_partner,
    create_partnership,
)
from register_ects.operations.placements.leaving import cancel_leaving, report_leaving
from register_ects.operations.placements.mentoring import (
    assign_mentor,
    eligible_mentors,
    register_mentor,
)
from register_ects.operations.placements.registration import ECTRegistration, register_ect
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.operations.statements.closing import close_due_statements
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.operations.training.changes import (
    change_lead_provider,
    change_training_programme,
)
from register_ects.operations.training.participant_actions import (
    defer_participant,
    resume_participant,
    withdraw_participant,
)
from register_ects.operations.training.proposed import proposed_change_of_programme
from register_ects.operations.training.schedule_changes import change_schedule
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.enumerations import ScheduleIdentifier, TermsReason, TrainingProgramme
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.problems import refuse
from register_ects.rules.schedule_changes import ScheduleRequest
from tests.projections.chance import Action, Chance
from tests.projections.fixes import FIXES, a_year_changes_its_uplifts
from tests.registrations import mentor as mentor_details
from tests.registrations import record

AUTHOR = Author.school_user(name="Tilda Marsh", email="tilda@fell.example.com")
SYSTEM = Author.system()


def nothing(_chance: Chance) -> None:
    """Nothing is done: what a counterexample is reduced to wherever nothing matters."""
    refuse("", "nothing")


# -- Schools ---------------------------------------------------------------------------------


def a_school_registers_an_ect(chance: Chance) -> None:
    is_led = chance.a % 6 != 0
    register_ect(
        chance.school,
        ECTRegistration(
            record=record(chance.one(chance.england.trns)),
            corrected_name=None,
            email=f"{chance.one(chance.england.trns)}@ect.example.com",
            started_on=chance.day,
            working_pattern="full_time",
            appropriate_body=chance.england.hub,
            training_programme="provider_led" if is_led else "school_led",
            lead_provider=chance.provider if is_led else None,
        ),
        author=AUTHOR,
    )


def a_school_registers_a_mentor(chance: Chance) -> None:
    ect = chance.one(chance.all(ECTAtSchoolPeriod).filter(finished_on=None))
    if ect is None:
        return
    trn = chance.one(chance.england.trns, chance.d)
    details = mentor_details(
        record=record(trn, first_name="Ben", last_name="Lowe"),
        email=f"{trn}@mentor.example.com",
        started_on=clock.today(),
        only_here=chance.c % 2 == 0,
        lead_provider=chance.provider,
    )
    register_mentor(ect.school, ect, details, author=AUTHOR)


def a_school_assigns_a_mentor(chance: Chance) -> None:
    mentor = chance.one(chance.all(MentorAtSchoolPeriod).filter(finished_on=None))
    if mentor is None:
        return
    ect = chance.one(chance.all(ECTAtSchoolPeriod).filter(school=mentor.school), chance.b)
    if ect is not None:
        assign_mentor(ect, mentor, author=AUTHOR, lead_provider=chance.provider)


def a_school_changes_a_mentor(chance: Chance) -> None:
    mentored = chance.one(chance.all(MentorshipPeriod).filter(finished_on=None))
    if mentored is None:
        return
    ect, now = mentored.ect_at_school_period, mentored.mentor_at_school_period
    mentor = chance.one(eligible_mentors(ect).exclude(pk=now.pk), chance.b)
    if mentor is not None:
        assign_mentor(ect, mentor, author=AUTHOR, lead_provider=chance.provider, replacing={now.pk})


def a_school_changes_the_lead_provider(chance: Chance) -> None:
    role = chance.one((ECTAtSchoolPeriod, MentorAtSchoolPeriod), chance.d)
    placement = chance.one(chance.all(role).filter(training_periods__isnull=False).distinct())
    if placement is not None:
        change_lead_provider(placement, chance.provider, author=AUTHOR)


def a_school_changes_the_programme(chance: Chance) -> None:
    ect = chance.one(chance.all(ECTAtSchoolPeriod))
    if ect is None:
        return
    training = proposed_change_of_programme(ect).present
    to_provider = training is None or not training.is_provider_led
    change_training_programme(
        ect,
        TrainingProgramme.PROVIDER_LED if to_provider else TrainingProgramme.SCHOOL_LED,
        lead_provider=chance.provider if to_provider else None,
        author=AUTHOR,
    )


def _placement(chance: Chance) -> Any:
    """Return an ECT's or a mentor's placement: one with a last day twice as often as not."""
    placements = chance.all((ECTAtSchoolPeriod, MentorAtSchoolPeriod)[chance.c % 2])
    return chance.one(placements.filter(finished_on=None) if chance.c % 3 == 0 else placements)


def a_school_reports_a_leaving(chance: Chance) -> None:
    placement = _placement(chance)
    if placement is not None:
        days = {"last_day": chance.day, "was": placement.finished_on}
        report_leaving(placement, author=AUTHOR, **days)


def a_school_cancels_a_leaving(chance: Chance) -> None:
    reported = chance.all((ECTAtSchoolPeriod, MentorAtSchoolPeriod)[chance.c % 2]).filter(
        finished_on__gte=clock.today(), reported_leaving_by_school__isnull=False
    )
    placement = chance.one(reported)
    if placement is not None:
        cancel_leaving(placement, was=placement.finished_on, author=AUTHOR)


# -- Appropriate bodies ----------------------------------------------------------------------


def a_body_claims(chance: Chance) -> None:
    claim = Claim(record(chance.one(chance.england.trns)), clock.today(), "provider_led")
    claim_ect(chance.england.hub, claim, author=AUTHOR)


def a_body_releases(chance: Chance) -> None:
    period = chance.one(chance.all(InductionPeriod).filter(finished_on=None))
    if period is not None:
        release_ect(period, finished_on=clock.today(), number_of_terms=Decimal(1), author=AUTHOR)


def a_body_passes(chance: Chance) -> None:
    period = chance.one(chance.all(InductionPeriod).filter(finished_on=None))
    if period is not None:
        pass_induction(
            period,
            finished_on=clock.today(),
            number_of_terms=Decimal(6),
            terms_reason=TermsReason.SERVED_BEFORE,
            author=AUTHOR,
        )


# -- Lead providers --------------------------------------------------------------------------


def _pairing(chance: Chance, year: int) -> LeadProviderDeliveryPartnership:
    return LeadProviderDeliveryPartnership.objects.get(
        lead_provider=chance.provider,
        contract_period=year,
        delivery_partner=chance.one(chance.england.partners),
    )


def a_provider_makes_a_partnership(chance: Chance) -> None:
    pairing = _pairing(chance, chance.one((2024, 2025, 2025, 2025), chance.d))
    create_partnership(chance.school, pairing, author=Author.lead_provider(chance.provider))


def a_provider_declares(chance: Chance) -> None:
    training = chance.one(chance.all(TrainingPeriod).confirmed())
    is_ect = training.trainee_role == "ect"
    kind, evidence = chance.one(
        [
            ("started", "training-event-attended"),
            ("retained-1", "training-event-attended"),
            ("retained-2", "75-percent-engagement-met"),
            ("completed", "75-percent-engagement-met"),
        ],
        chance.d,
    )
    claim = SentDeclaration(
        participant_id=str(training.teacher.api_id),
        course_identifier="ecf-induction" if is_ect else "ecf-mentor",
        declaration_type=kind,
        declaration_date=(clock.now() - timedelta(days=chance.c % 20)).isoformat(),
        evidence_type=evidence,
    )
    create_declaration(
        training.lead_provider,
        claim,
        received_at=clock.now(),
        author=Author.lead_provider(training.lead_provider),
    )


def a_provider_voids(chance: Chance) -> None:
    declaration = chance.one(chance.all(Declaration))
    if declaration is not None:
        void_declaration(declaration, author=Author.lead_provider(declaration.lead_provider))


def _asked(chance: Chance, **values: str | None) -> tuple[Any, int, dict[str, Any]]:
    """Return a provider, one of its participants and what it asks about them."""
    training = chance.one(chance.all(TrainingPeriod).confirmed())
    course = "ecf-induction" if training.trainee_role == "ect" else "ecf-mentor"
    return training.lead_provider, training.teacher_id, {"course_identifier": course, **values}


def a_provider_defers(chance: Chance) -> None:
    provider, teacher, asked = _asked(chance, reason="parental-leave")
    author = Author.lead_provider(provider)
    defer_participant(provider, teacher, ActionRequest(**asked), author=author)


def a_provider_withdraws(chance: Chance) -> None:
    provider, teacher, asked = _asked(chance, reason="moved-school")
    author = Author.lead_provider(provider)
    withdraw_participant(provider, teacher, ActionRequest(**asked), author=author)


def a_provider_resumes(chance: Chance) -> None:
    stopped = chance.all(TrainingPeriod).confirmed().exclude(deferred_at=None, withdrawn_at=None)
    training = chance.one(stopped)
    if training is not None:
        provider = training.lead_provider
        course = "ecf-induction" if training.trainee_role == "ect" else "ecf-mentor"
        asked = ActionRequest(course_identifier=course)
        author = Author.lead_provider(provider)
        resume_participant(provider, training.teacher_id, asked, author=author)


def a_provider_changes_a_schedule(chance: Chance) -> None:
    provider, teacher, asked = _asked(
        chance,
        schedule_identifier=chance.one(list(ScheduleIdentifier), chance.b).value,
        cohort=chance.one((None, None, "2022", "2024", "2025"), chance.c),
    )
    author = Author.lead_provider(provider)
    change_schedule(provider, teacher, ScheduleRequest(**asked), author=author)


def a_provider_corrects_a_partnership(chance: Chance) -> None:
    partnership = chance.one(chance.all(SchoolPartnership))
    correct_delivery_partner(
        partnership.pk,
        str(chance.one(chance.england.partners, chance.b).api_id),
        author=Author.lead_provider(partnership.lead_provider),
    )


# -- Finance ---------------------------------------------------------------------------------


def statements_fall_due(chance: Chance) -> None:
    close_due_statements(clock.today(), SYSTEM)


def finance_authorises(chance: Chance) -> None:
    statement = chance.one(chance.all(Statement).filter(status="payable"))
    if statement is not None:
        authorise_statement(statement, author=SYSTEM, out_of_order_because="Agreed with finance")


# -- Support ---------------------------------------------------------------------------------


def two_records_are_merged(chance: Chance) -> None:
    people = chance.all(Teacher).filter(anonymised_at=None)
    source, destination = chance.one(people), chance.one(people, chance.b)
    if source != destination:
        merge_teachers(source, destination, author=SYSTEM)


#: These reach into every little England that there is.
EVERYWHERE: list[Action] = [statements_fall_due, a_year_changes_its_uplifts]
ACTIONS: list[Action] = [
    nothing,
    a_school_registers_an_ect,
    a_school_registers_an_ect,
    a_school_registers_a_mentor,
    a_school_assigns_a_mentor,
    a_school_changes_a_mentor,
    a_school_changes_the_lead_provider,
    a_school_changes_the_lead_provider,
    a_school_changes_the_programme,
    a_school_reports_a_leaving,
    a_school_reports_a_leaving,
    a_school_reports_a_leaving,
    a_school_reports_a_leaving,
    a_school_cancels_a_leaving,
    a_body_claims,
    a_body_releases,
    a_body_passes,
    a_provider_makes_a_partnership,
    a_provider_declares,
    a_provider_declares,
    a_provider_voids,
    a_provider_defers,
    a_provider_withdraws,
    a_provider_resumes,
    a_provider_resumes,
    a_provider_changes_a_schedule,
    a_provider_corrects_a_partnership,
    statements_fall_due,
    finance_authorises,
    two_records_are_merged,
    *FIXES,
]
