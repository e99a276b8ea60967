"""A school registers an early career teacher (spec 05 §7).

What is allowed: ``rules/registration.py``. Where training goes: ``training/plans.py``. Pages ask
``problems_with_start`` and ``registration_is_open`` while the form is filled in; ``register_ect``
asks again under lock, because two tabs may register one person at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    AppropriateBody,
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    School,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.lead_providers.partnerships import (
    create_partnership,
    lock_partnerships_of,
)
from register_ects.operations.messages.emails import (
    queue_email,
    record_path,
    tell_induction_tutor,
)
from register_ects.operations.placements.email_addresses import email_is_taken, lock_email
from register_ects.operations.placements.endings import PlacementEnding, ending_of
from register_ects.operations.placements.finishing import (
    finish_placement,
    placement_record,
    records_of,
    stays_here,
)
from register_ects.operations.placements.history import ect_placements_of
from register_ects.operations.teachers.records import find_or_create_teacher
from register_ects.operations.training.funding import set_funding_eligibility
from register_ects.operations.training.periods import (
    open_provider_led_training,
    open_school_led_training,
)
from register_ects.operations.training.plans import (
    TrainingPlan,
    contract_period_for_ect,
    earliest_partnership,
    latest_ect_placement,
    plan_ect_training,
)
from register_ects.rules import contract_periods, registration
from register_ects.rules.enumerations import EmailTemplate, TraineeRole, TrainingProgramme
from register_ects.rules.problems import Problem, refuse, refuse_if


@dataclass(frozen=True)
class ECTRegistration:
    """What a school says of an ECT. ``started_on`` is their first day there as an ECT.

    ``lead_provider`` is present exactly when the programme is provider-led. ``reused``
    is the partnership the school agreed to keep, perhaps from an earlier year.
    ``name_seen`` is the mark of the TRN and the corrected name shown beside ``corrected_name``.
    """

    record: TeacherRecord
    corrected_name: str | None
    email: str
    started_on: date
    working_pattern: str
    appropriate_body: AppropriateBody
    training_programme: str
    lead_provider: LeadProvider | None = None
    reused: SchoolPartnership | None = None
    name_seen: str | None = None


@operation
def register_ect(
    school: School,
    details: ECTRegistration,
    *,
    author: Author,
    tells_tutor: bool = True,
    left_on: date | None = None,
) -> ECTAtSchoolPeriod:
    """Register an ECT at a school: placement, training, last choices, email and events.

    Ends the person's earlier placement the day before, wherever it is; or on ``left_on``, which
    its school then reports with this. ``tells_tutor`` is False for who sends the induction tutor
    one email about several people. Raises RuleBroken when a
    rule refuses it (field names are those of ``ECTRegistration``, ``trn`` for the person);
    nothing is then written. Source: spec 05 §7.8.
    """
    lock_email(details.email)
    teacher = find_or_create_teacher(
        details.record,
        corrected_name=details.corrected_name,
        name_seen=details.name_seen,
        author=author,
    )
    _check(school, teacher, details)
    plan = _training_plan(school, teacher, details, author)
    _remember_choices(school, details)
    _finish_previous_placement(teacher, details, school=school, author=author, left_on=left_on)
    placement = ECTAtSchoolPeriod.objects.create(
        teacher=teacher,
        school=school,
        email=details.email,
        started_on=details.started_on,
        working_pattern=details.working_pattern,
        school_reported_appropriate_body=details.appropriate_body,
    )
    training = _open_training(placement, plan, author)
    set_funding_eligibility(teacher, TraineeRole.ECT, author=author)
    record_event(
        "teacher_registered_as_ect",
        f"{teacher.name} was registered as an ECT at {school.name}",
        author=author,
        about=[teacher, school, placement, training, training.schedule],
        happened_on=placement.started_on,
    )
    queue_email(
        EmailTemplate(f"ect_registered_{details.training_programme}"),
        recipient=details.email,
        personalisation={
            "early_career_teacher_name": teacher.name,
            "school_name": school.name,
        },
    )
    if tells_tutor:
        _tell_tutor(placement, details, author)
    return placement


def active_ect_placement(teacher: Teacher | None, school: School) -> ECTAtSchoolPeriod | None:
    """Return the person's unfinished ECT placement at this school, if any."""
    placements = ect_placements_of(teacher) if teacher else []
    here = (each for each in placements if each.school_id == school.pk and each.is_open)
    return next(here, None)


def registration_is_open(start: date, *, periods: Sequence[ContractPeriod] | None = None) -> bool:
    """Whether a start date may be registered now (spec 05 §7.2).

    ``periods`` are all contract periods, where they were read before.
    """
    periods = periods or list(ContractPeriod.objects.all())
    return contract_periods.is_open_for(periods, start=start, today=clock.today())


def problems_with_start(
    teacher: Teacher | None,
    school: School,
    start: date,
    *,
    periods: Sequence[ContractPeriod] | None = None,
) -> list[Problem]:
    """List what is wrong with an ECT's start date at a school, given their earlier records.

    ``teacher`` is None for someone new to the service; ``periods`` are all contract periods, where
    they were read before. Time at this school that is over stays as it was; one whose last day
    lies ahead is shortened (spec 05 §7.8, row 4). Source: spec 05 §7.4, §7.8 Improve.
    """
    today = clock.today()
    periods = periods or list(ContractPeriod.objects.all())
    latest = latest_ect_placement(teacher) if teacher else None
    records = records_of(latest) if latest else []
    if teacher is not None:
        here = (each for each in ect_placements_of(teacher) if each.school_id == school.pk)
        records += stays_here(each for each in here if not each.is_current_or_future(today))
    return registration.problems_with_ect_start(
        start=start,
        today=today,
        earliest=contract_periods.earliest_start(periods, today=today),
        latest=contract_periods.latest_start(periods, today=today),
        records=records,
        moving_from=placement_record(latest) if latest is not None and latest.is_open else None,
        open_for_registration=contract_periods.is_open_for(periods, start=start, today=today),
    )


def placement_ended_by(teacher: Teacher | None, *, start: date) -> PlacementEnding | None:
    """Return what registering an ECT from ``start`` ends of an earlier placement, if anything.

    What ``register_ect`` then does; for the check page (spec 05 §7.8 row 4, §10 Improve).
    """
    placements = ect_placements_of(teacher) if teacher else []
    previous = next((each for each in placements if each.contains(start)), None)
    return ending_of(previous, last_day=start - timedelta(days=1)) if previous else None


def problems_with_appropriate_body(school: School, body: AppropriateBody) -> list[Problem]:
    """List why this school may not name this appropriate body (spec 05 §6.4)."""
    return registration.problems_with_appropriate_body(
        body_type=body.body_type,
        active=AppropriateBody.objects.active(clock.today()).filter(pk=body.pk).exists(),
        independent_school=school.is_independent,
    )


def _check(school: School, teacher: Teacher, details: ECTRegistration) -> None:
    """Ask every rule again, under the lock on the teacher."""
    reason = registration.reason_not_to_register_ect(
        active_at_this_school=teacher.ect_at_school_periods.filter(school=school).open().exists(),
        induction_status=teacher.induction_status,  # the record may be a day old
        prohibited=details.record.is_prohibited(clock.today()),
    )
    if reason:
        refuse("trn", reason)
    if not registration_is_open(details.started_on):
        refuse("started_on", "not_open_yet")
    refuse_if(problems_with_start(teacher, school, details.started_on))
    refuse_if(problems_with_appropriate_body(school, details.appropriate_body))
    if email_is_taken(details.email, trn=teacher.trn):
        refuse("email", "taken")
    provider_led = details.training_programme == TrainingProgramme.PROVIDER_LED
    if provider_led != (details.lead_provider is not None):
        refuse("lead_provider", "missing" if provider_led else "not_wanted")


def _remember_choices(school: School, details: ECTRegistration) -> None:
    school.last_chosen_appropriate_body = details.appropriate_body
    school.last_chosen_training_programme = details.training_programme
    school.last_chosen_lead_provider = details.lead_provider
    school.save(
        update_fields=[
            "last_chosen_appropriate_body",
            "last_chosen_training_programme",
            "last_chosen_lead_provider",
            "updated_at",
        ]
    )


def _tell_tutor(placement: ECTAtSchoolPeriod, details: ECTRegistration, author: Author) -> None:
    provider = details.lead_provider
    tell_induction_tutor(
        placement.school,
        EmailTemplate.ECT_REGISTERED_SUMMARY,
        registered_by=author.as_told_to_schools,
        ect_name=placement.teacher.name,
        started_on=govuk_date(placement.started_on),
        training=f"provider-led, with {provider.name}" if provider else "school-led",
        appropriate_body_name=details.appropriate_body.name,
        record_path=record_path(placement),
    )


def _finish_previous_placement(
    teacher: Teacher,
    details: ECTRegistration,
    *,
    school: School,
    author: Author,
    left_on: date | None,
) -> None:
    placements = teacher.ect_at_school_periods.containing(details.started_on)
    previous = (
        placements.select_related("school__gias_school", "teacher")
        .select_for_update(of=("self",))
        .first()
    )
    if previous is None:
        return
    last_day = left_on or details.started_on - timedelta(days=1)
    reported_by = previous.school if left_on else None
    finish_placement(previous, last_day=last_day, author=author, reported_by=reported_by)
    if previous.school_id != school.pk:
        _tell_tutor_before(previous, last_day, moved_by=author if left_on else None)


def _tell_tutor_before(
    placement: ECTAtSchoolPeriod, last_day: date, *, moved_by: Author | None
) -> None:
    """Tell the school that is left; ``moved_by`` reported the leaving there with this."""
    told = {"ect_name": placement.teacher.name, "last_day": govuk_date(last_day)}
    if moved_by is None:
        tell_induction_tutor(placement.school, EmailTemplate.ECT_REGISTERED_ELSEWHERE, **told)
        return
    tell_induction_tutor(
        placement.school,
        EmailTemplate.ECT_MOVED_AWAY,
        moved_by=moved_by.as_told_to_schools,
        record_path=record_path(placement),
        **told,
    )


def _training_plan(
    school: School, teacher: Teacher, details: ECTRegistration, author: Author
) -> TrainingPlan | None:
    """Decide where provider-led training goes; None for school-led.

    Asked before the earlier placement is closed, as the pages asked: what that removes must not
    change the answer.
    """
    if details.lead_provider is None:
        return None
    if details.reused is not None:
        _roll_partnership_forward(school, teacher, details.started_on, details.reused, author)
    return plan_ect_training(
        teacher, school=school, lead_provider=details.lead_provider, start=details.started_on
    )


def _open_training(
    placement: ECTAtSchoolPeriod, plan: TrainingPlan | None, author: Author
) -> TrainingPeriod:
    if plan is None:
        starts_on = max(placement.started_on, clock.today())
        return open_school_led_training(placement, starts_on=starts_on)
    return open_provider_led_training(placement, plan, author=author)


def _roll_partnership_forward(
    school: School, teacher: Teacher, start: date, reused: SchoolPartnership, author: Author
) -> None:
    """Create the partnership's successor in the registration's year, if its pairing exists there.

    Nothing happens when the school has one with that provider already, or the ECT leaves a frozen
    contract period: then only a partnership of the new one serves (spec 05 §7.5, spec 03 §11.4).
    """
    lock_partnerships_of(school)
    choice = contract_period_for_ect(teacher, start=start)
    provider = reused.lead_provider
    if choice is None or choice.reassigned:
        return
    if earliest_partnership(school, lead_provider=provider, year=choice.year):
        return
    pairing = LeadProviderDeliveryPartnership.objects.filter(
        lead_provider=provider,
        contract_period=choice.year,
        delivery_partner=reused.delivery_partner,
    ).first()
    if pairing is not None:
        create_partnership(school, pairing, author=author, reused_from=reused)
