"""What people and systems may do in little England. A refused deed changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction

from register_ects import clock
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolFundingEligibility,
    SchoolPartnership,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation
from register_ects.operations.declarations import create_declaration
from register_ects.operations.inductions import Claim as InductionClaim
from register_ects.operations.inductions import claim_ect, pass_induction, release_ect
from register_ects.operations.mentoring import assign_mentor, register_mentor
from register_ects.operations.merging import merge_teachers
from register_ects.operations.participant_actions import (
    defer_participant,
    resume_participant,
    withdraw_participant,
)
from register_ects.operations.partnerships import correct_delivery_partner, create_partnership
from register_ects.operations.placements import finish_ect_placement, finish_mentor_placement
from register_ects.operations.registration import ECTRegistration, register_ect
from register_ects.operations.schedule_changes import change_schedule
from register_ects.operations.statement_authorisation import authorise_statement
from register_ects.operations.statement_closing import close_due_statements
from register_ects.operations.voiding import void_declaration
from register_ects.projections.refresh import catch_up
from register_ects.rules.declarations import Claim
from register_ects.rules.enumerations import ScheduleIdentifier, TermsReason
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.problems import RuleBroken, refuse
from register_ects.rules.schedule_changes import ScheduleRequest
from tests.factories import (
    DeclarationFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFundingEligibilityFactory,
    TrainingPeriodFactory,
)
from tests.projections.little_england import LittleEngland
from tests.registrations import mentor as mentor_details
from tests.registrations import record

AUTHOR = Author.school_user(name="Tilda Marsh", email="tilda@fell.example.com")
SYSTEM = Author.system()


@dataclass
class Chance:
    """The country and four numbers by which a deed chooses whom and what it concerns."""

    england: LittleEngland
    a: int
    b: int
    c: int
    d: int

    def one(self, rows: Any, number: int | None = None) -> Any:
        """Return one of a list or of a queryset, None of none."""
        found = list(rows.order_by("pk")) if isinstance(rows, models.QuerySet) else list(rows)
        return found[(self.a if number is None else number) % len(found)] if found else None

    def all(self, model: type[models.Model]) -> Any:
        """Return all rows of a model, here."""
        return self.england.of(model)

    @property
    def provider(self) -> Any:
        return self.one(self.england.providers, self.b)

    @property
    def school(self) -> Any:
        return self.one(self.england.schools, self.c)

    @property
    def day(self) -> Any:
        """Return a day within a month of today."""
        return clock.today() + timedelta(days=self.d % 61 - 30)


Deed = Callable[[Chance], Any]


def do(deed: Deed, chance: Chance) -> bool:
    """Do it, unless a rule refuses; say whether it was done.

    Only what is written without an operation may meet the database's own rules.
    """
    refusals = (RuleBroken, IntegrityError) if deed in FIXES else (RuleBroken,)
    with suppress(*refusals), transaction.atomic():
        deed(chance)
        return True
    return False


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


def an_ect_leaves(chance: Chance) -> None:
    ect = chance.one(chance.all(ECTAtSchoolPeriod).filter(finished_on=None))
    if ect is not None:
        operation(finish_ect_placement)(
            ect, last_day=max(chance.day, ect.started_on), author=AUTHOR, reported_by=ect.school
        )


def a_mentor_leaves(chance: Chance) -> None:
    mentor = chance.one(chance.all(MentorAtSchoolPeriod).filter(finished_on=None))
    if mentor is not None:
        operation(finish_mentor_placement)(
            mentor,
            last_day=max(chance.day, mentor.started_on),
            author=AUTHOR,
            reported_by=mentor.school,
        )


# -- Appropriate bodies ----------------------------------------------------------------------


def a_body_claims(chance: Chance) -> None:
    claim = InductionClaim(record(chance.one(chance.england.trns)), clock.today(), "provider_led")
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
    claim = Claim(
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


# -- Data fixes, imports and reference data: written without an operation ---------------------


def _edit(row: models.Model | None, **values: Any) -> None:
    if row is not None:
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def a_name_is_corrected(chance: Chance) -> None:
    _edit(chance.one(chance.all(Teacher)), corrected_name=f"Name {chance.b % 3}")


def an_email_is_corrected(chance: Chance) -> None:
    model = chance.one((ECTAtSchoolPeriod, MentorAtSchoolPeriod), chance.b)
    row = chance.one(chance.all(model))
    _edit(row, email=f"new{chance.c % 3}.{row.pk if row else 0}@school.example.com")


def a_working_pattern_is_corrected(chance: Chance) -> None:
    pattern = chance.one(("full_time", "part_time"), chance.b)
    _edit(chance.one(chance.all(ECTAtSchoolPeriod)), working_pattern=pattern)


def trs_knows_more(chance: Chance) -> None:
    people = chance.all(Teacher).filter(anonymised_at=None)
    _edit(chance.one(people), trs_induction_start_date=chance.day)


def a_mentorship_ends(chance: Chance) -> None:
    mentorship = chance.one(chance.all(MentorshipPeriod).filter(finished_on=None))
    if mentorship is not None:
        _edit(mentorship, finished_on=max(chance.day, mentorship.started_on))


def a_partnership_is_switched(chance: Chance) -> None:
    partnership = chance.one(chance.all(SchoolPartnership))
    others = LeadProviderDeliveryPartnership.objects.filter(
        lead_provider=partnership.lead_provider, contract_period=partnership.contract_period
    )
    _edit(partnership, lead_provider_delivery_partnership=chance.one(others, chance.b))


def a_tutor_is_named(chance: Chance) -> None:
    name = f"Tutor {chance.a % 3}"
    _edit(chance.school, induction_tutor_name=name, induction_tutor_email=f"t{chance.b % 2}@e.org")


def the_register_changes(chance: Chance) -> None:
    gias = chance.school.gias_school
    values = chance.one(
        [
            {"name": f"School {chance.b % 3}"},
            {"eligible": chance.b % 2 == 0},
            {"primary_contact_email": f"head{chance.b % 2}@school.example.com"},
            {"secondary_contact_email": None},
        ]
    )
    _edit(gias, **values)


def an_organisation_is_renamed(chance: Chance) -> None:
    row = chance.one([*chance.england.providers, *chance.england.partners])
    _edit(row, name=f"Organisation {row.pk} {chance.b % 3}")


def uplifts_are_loaded(chance: Chance) -> None:
    known = SchoolFundingEligibility.objects.filter(
        gias_school=chance.school.gias_school, contract_period=2024
    )
    if not known.update(sparsity_uplift=chance.a % 2 == 0):
        SchoolFundingEligibilityFactory(
            gias_school=chance.school.gias_school, year=2024, pupil_premium_uplift=True
        )


def a_year_changes_its_uplifts(chance: Chance) -> None:
    _edit(chance.one(chance.england.years), uplift_fees_enabled=chance.b % 2 == 0)


# -- What chance alone hardly ever brings about: it begins with people of its own ------------


def one_of_a_mentors_two_ects_leaves(chance: Chance) -> None:
    """The provider no longer trains the other: it knew their mentor by the one who leaves.

    A third begins to train: were as many in training as before, the partnership would have moved
    twice and be what it was.
    """
    partnership = chance.one(chance.all(SchoolPartnership))
    mentor = _mentor(partnership)
    TrainingPeriodFactory(school_partnership=partnership)
    _mentored(mentor, partnership, finished_on=_yesterday())
    leaves = _mentored(mentor, partnership).ect_at_school_period
    catch_up()
    operation(finish_ect_placement)(
        leaves, last_day=_yesterday(), author=AUTHOR, reported_by=leaves.school
    )


def a_mentor_whom_a_declaration_names_begins_to_train(chance: Chance) -> None:
    """With the provider that declared: it did not know them any more, since they mentor nobody."""
    partnership = chance.one(chance.all(SchoolPartnership))
    mentor = _mentor(partnership)
    mentorship = _mentored(mentor, partnership)
    training = mentorship.ect_at_school_period.training_periods.get()
    DeclarationFactory(training_period=training, mentorship_period=mentorship)
    _edit(mentorship, finished_on=_yesterday())
    catch_up()
    TrainingPeriodFactory(
        mentor_at_school_period=mentor, school_partnership=partnership, started_on=clock.today()
    )


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _mentor(partnership: SchoolPartnership) -> MentorAtSchoolPeriod:
    started_on = date(partnership.contract_period_id, 9, 1)
    return MentorAtSchoolPeriodFactory(school=partnership.school, started_on=started_on)


def _mentored(
    mentor: MentorAtSchoolPeriod, partnership: SchoolPartnership, **training: Any
) -> MentorshipPeriod:
    """Let a mentor have another ECT, who trains under the partnership."""
    mentorship = MentorshipPeriodFactory(mentor_at_school_period=mentor)
    ect = mentorship.ect_at_school_period
    TrainingPeriodFactory(ect_at_school_period=ect, school_partnership=partnership, **training)
    return mentorship


FIXES: list[Deed] = [
    a_name_is_corrected,
    an_email_is_corrected,
    a_working_pattern_is_corrected,
    trs_knows_more,
    a_mentorship_ends,
    a_partnership_is_switched,
    a_tutor_is_named,
    the_register_changes,
    an_organisation_is_renamed,
    uplifts_are_loaded,
    a_year_changes_its_uplifts,
    one_of_a_mentors_two_ects_leaves,
    a_mentor_whom_a_declaration_names_begins_to_train,
]
#: These reach into every little England that there is.
EVERYWHERE: list[Deed] = [statements_fall_due, a_year_changes_its_uplifts]
DEEDS: list[Deed] = [
    nothing,
    a_school_registers_an_ect,
    a_school_registers_an_ect,
    a_school_registers_a_mentor,
    a_school_assigns_a_mentor,
    an_ect_leaves,
    a_mentor_leaves,
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
