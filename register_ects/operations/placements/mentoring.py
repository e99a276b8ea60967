"""Assign mentors to ECTs, from the school's mentors or newly registered (spec 05 §6.8, §8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    School,
    Teacher,
    TrainingPeriod,
)
from register_ects.models.placements import MentorAtSchoolPeriodQuerySet
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import (
    queue_email,
    record_path,
    tell_induction_tutor,
)
from register_ects.operations.placements.email_addresses import email_is_taken, lock_email
from register_ects.operations.placements.endings import PlacementEnding, ending_of
from register_ects.operations.placements.finishing import (
    finish_mentorship,
    finish_placement,
    record_for_both,
)
from register_ects.operations.placements.history import mentorships_in, training_in
from register_ects.operations.placements.mentor_starts import (
    first_time_mentor_registration_is_open,
    mentor_registration_is_open,
    problems_with_mentor_start,
)
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.operations.teachers.records import find_or_create_teacher
from register_ects.operations.training.periods import open_mentor_training
from register_ects.rules import registration
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.enumerations import EmailTemplate, TraineeRole
from register_ects.rules.problems import Problem, refuse, refuse_if


@dataclass(frozen=True)
class MentorRegistration:
    """What a school says of a mentor. ``started_on`` None means today.

    ``only_here`` is the answer to whether they mentor only at this school from now on: None when
    not asked, because no other school has them now or later. ``lead_provider`` is None when no
    training is wanted. ``name_seen`` is the mark of the TRN and the corrected name shown beside
    ``corrected_name``.
    """

    record: TeacherRecord
    corrected_name: str | None
    email: str
    started_on: date | None = None
    only_here: bool | None = None
    lead_provider: LeadProvider | None = None
    name_seen: str | None = None


def eligible_mentors(ect: ECTAtSchoolPeriod) -> MentorAtSchoolPeriodQuerySet:
    """Return the school's mentors who may mentor this ECT, leavers with a date included.

    Not the ECT themself, nobody who has left (spec 05 §6.8 Improve), and nobody for whom
    ``never_here_together`` has something to say.
    """
    mentors = _mentors_here(ect).current_or_future(max(clock.today(), ect.started_on))
    return mentors.filter(started_on__lte=ect.finished_on) if ect.finished_on else mentors


def mentors_left_out(ect: ECTAtSchoolPeriod) -> list[Problem]:
    """Return of each mentor here who is never here together with the ECT, why. One query."""
    asked = (never_here_together(ect, mentor) for mentor in _mentors_here(ect))
    return [problem for problem in asked if problem]


def _mentors_here(ect: ECTAtSchoolPeriod) -> MentorAtSchoolPeriodQuerySet:
    return (
        MentorAtSchoolPeriod.objects.filter(school=ect.school_id)
        .current_or_future(clock.today())
        .exclude(teacher=ect.teacher_id)
        .select_related("teacher")
        .earliest_first()
    )


def current_provider_led_training(ect: ECTAtSchoolPeriod) -> TrainingPeriod | None:
    """Return the ECT's current or next training when a provider leads it."""
    today, training = clock.today(), reversed(training_in(ect))
    current = next((each for each in training if each.is_current_or_future(today)), None)
    return current if current is not None and current.is_provider_led else None


def needs_first_training(ect: ECTAtSchoolPeriod, mentor: Teacher) -> bool:
    """Whether mentoring this ECT brings the mentor their first training (spec 05 §6.7)."""
    return current_provider_led_training(ect) is not None and may_train_first(mentor)


def may_train_first(mentor: Teacher) -> bool:
    """Whether a mentor can be trained, and never was as a mentor."""
    ever = TrainingPeriod.objects.filter(teacher=mentor, trainee_role=TraineeRole.MENTOR)
    return mentor.is_fundable_as_mentor and not ever.exists()


def mentorships_ahead(ect: ECTAtSchoolPeriod) -> list[MentorshipPeriod]:
    """Return the ECT's mentorships that cover today or a later day, earliest first. One query."""
    today = clock.today()
    return [each for each in reversed(mentorships_in(ect)) if each.is_current_or_future(today)]


def first_day_of_mentoring(
    ect: ECTAtSchoolPeriod, *, mentor_started_on: date, backdate: bool = False
) -> date:
    """Return the day on which a mentor who started at the school on a day takes up an ECT.

    ``backdate`` lets it be before today when the ECT has never had a mentor here (spec 05 §6.8).
    """
    may_be_past = backdate and not ect.mentorship_periods.exists()
    not_before = [] if may_be_past else [clock.today()]
    return max([ect.started_on, mentor_started_on, *not_before])


def problems_with_mentorship(ect: ECTAtSchoolPeriod, mentor: MentorAtSchoolPeriod) -> list[Problem]:
    """List why a mentor at a school may not mentor an ECT there (spec 05 §6.8)."""
    today = clock.today()
    for person in (mentor, ect):
        if not person.is_current_or_future(today):
            return [Problem("mentor", "has_left", {"leaver": person.teacher.name})]
    if not needs_mentor(ect.teacher.induction_status):
        return [Problem("mentor", "not_needed")]
    if mentor.school_id != ect.school_id:
        return [Problem("mentor", "not_at_this_school")]
    apart = never_here_together(ect, mentor)
    return [apart] if apart else []


def never_here_together(ect: ECTAtSchoolPeriod, mentor: MentorAtSchoolPeriod) -> Problem | None:
    """Say who of two leaves the school before the other starts there; None when neither does.

    Of two who are here now or later (spec 05 §6.8). Both days are inclusive.
    """
    for leaver, other in ((mentor, ect), (ect, mentor)):
        if leaver.finished_on and leaver.finished_on < other.started_on:
            days = {"leaves": leaver.finished_on, "starts": other.started_on}
            names = {"leaver": leaver.teacher.name, "other": other.teacher.name}
            return Problem("mentor", "never_here_together", {**days, **names})
    return None


@operation
def assign_mentor(
    ect: ECTAtSchoolPeriod,
    mentor: MentorAtSchoolPeriod,
    *,
    author: Author,
    lead_provider: LeadProvider | None = None,
    replacing: Collection[int] | None = None,
) -> MentorshipPeriod:
    """Give an ECT one of the school's mentors, and the mentor their first training if due.

    ``lead_provider`` trains the mentor; None when no training is due or wanted. ``replacing``
    are the mentor placements that the school knows to give way; None means whoever they are.
    Raises RuleBroken when they are the same person, at different schools, one has left, the ECT's
    induction is over, or somebody else became the mentor meanwhile. Source: spec 05 §6.8, §8.2.
    """
    lock_people(lambda: [*owner_of(ect)(), *owner_of(mentor)()])
    mentorship = _assign(ect, mentor, author=author, backdate=False, replacing=replacing)
    if lead_provider is not None and needs_first_training(ect, mentor.teacher):
        open_mentor_training(
            mentor,
            mentee=ect,
            lead_provider=lead_provider,
            starts_on=mentor.started_on,
            author=author,
        )
    return mentorship


@operation
def register_mentor(
    school: School,
    ect: ECTAtSchoolPeriod,
    details: MentorRegistration,
    *,
    author: Author,
    replacing: Collection[int] | None = None,
) -> MentorAtSchoolPeriod:
    """Register a mentor at a school and assign them to an ECT, in one transaction.

    Someone who mentors only here from now on leaves their other schools the day before.
    ``replacing`` is as in ``assign_mentor``. Raises RuleBroken (fields of ``MentorRegistration``,
    ``trn`` for the person, ``mentor`` for who mentors now). Source: spec 05 §8.3.
    """
    lock_email(details.email)
    lock_people(lambda: _concerned(ect, details))
    teacher = find_or_create_teacher(
        details.record,
        corrected_name=details.corrected_name,
        name_seen=details.name_seen,
        author=author,
    )
    start = details.started_on or clock.today()
    _check_mentor(school, ect, teacher, details, start)
    if details.only_here is not False:
        _leave_other_schools(teacher, start, author)
    placement = MentorAtSchoolPeriod.objects.create(
        teacher=teacher, school=school, email=details.email, started_on=start
    )
    training = _train_if_due(placement, ect, details, author)
    record_event(
        "teacher_registered_as_mentor",
        f"{teacher.name} was registered as a mentor at {school.name}",
        author=author,
        about=[teacher, school, placement, training, details.lead_provider],
        happened_on=start,
    )
    _assign(ect, placement, author=author, backdate=details.only_here is True, replacing=replacing)
    queue_email(
        EmailTemplate.MENTOR_REGISTERED,
        recipient=details.email,
        personalisation={"mentor_name": teacher.name, "school_name": school.name},
    )
    tell_induction_tutor(
        school,
        EmailTemplate.MENTOR_REGISTERED_SUMMARY,
        registered_by=author.as_told_to_schools,
        mentor_name=teacher.name,
        started_on=govuk_date(start),
        ect_name=ect.teacher.name,
        training=_training_in_words(training, details),
        record_path=record_path(placement),
    )
    return placement


def _concerned(ect: ECTAtSchoolPeriod, details: MentorRegistration) -> set[int]:
    """Return whom a registration changes something of: the ECT, the mentor, whom they mentor."""
    theirs = MentorshipPeriod.objects.filter(mentor_teacher__trn=details.record.trn)
    mentors = Teacher.objects.filter(trn=details.record.trn).values_list("pk", flat=True)
    mentored = theirs.values_list("ect_teacher", flat=True)
    return {*owner_of(ect)(), *mentors, *(mentored if details.only_here is not False else ())}


def _training_in_words(training: TrainingPeriod | None, details: MentorRegistration) -> str:
    provider = details.lead_provider
    return f"with {provider.name}" if training and provider else "none through this service"


def placements_ended_by(
    teacher: Teacher | None, *, start: date, only_here: bool | None
) -> list[PlacementEnding]:
    """Return what registering a mentor from ``start`` ends at other schools, by their names.

    What ``register_mentor`` then does; for the check page (spec 05 §8.3 Improve, §10 Improve).
    """
    if teacher is None or only_here is False:
        return []
    last_day = start - timedelta(days=1)
    endings = [ending_of(left, last_day=last_day) for left in _placements_left(teacher, start)]
    return sorted(
        (ending for ending in endings if ending is not None), key=lambda one: one.school_name
    )


def _check_mentor(
    school: School,
    ect: ECTAtSchoolPeriod,
    teacher: Teacher,
    details: MentorRegistration,
    start: date,
) -> None:
    if ect.school_id != school.pk:
        refuse("ect", "not_at_this_school")
    today = clock.today()
    reason = registration.reason_not_to_register_mentor(
        is_the_ect=teacher.pk == ect.teacher_id,
        active_at_this_school=teacher.mentor_at_school_periods.filter(school=school)
        .current_or_future(today)
        .exists(),
        prohibited=details.record.is_prohibited(today),
    )
    if reason:
        refuse("trn", reason)
    placements = teacher.mentor_at_school_periods
    if details.only_here is None and placements.current_or_future(today).exists():
        refuse("only_here", "missing")  # another school registered them meanwhile
    is_open = mentor_registration_is_open(start)
    if not is_open or not (placements.exists() or first_time_mentor_registration_is_open()):
        refuse("started_on", "not_open_yet")
    refuse_if(problems_with_mentor_start(teacher, ect, start, only_here=details.only_here))
    if email_is_taken(details.email, trn=teacher.trn):
        refuse("email", "taken")


def _leave_other_schools(teacher: Teacher, start: date, author: Author) -> None:
    day_before = start - timedelta(days=1)
    for placement in _placements_left(teacher, start).select_for_update(of=("self",)):
        finish_placement(placement, last_day=day_before, author=author, reported_by=None)


def _placements_left(teacher: Teacher, start: date) -> MentorAtSchoolPeriodQuerySet:
    """Return what somebody leaves who mentors at one school only from ``start``."""
    return teacher.mentor_at_school_periods.containing(start - timedelta(days=1)).select_related(
        "school__gias_school", "teacher"
    )


def _train_if_due(
    placement: MentorAtSchoolPeriod,
    ect: ECTAtSchoolPeriod,
    details: MentorRegistration,
    author: Author,
) -> TrainingPeriod | None:
    """Open training unless none is wanted, the person is not fundable or trains elsewhere."""
    teacher = placement.teacher
    if details.lead_provider is None or not teacher.is_fundable_as_mentor:
        return None
    trains_elsewhere = (
        details.only_here is False
        and teacher.mentor_at_school_periods.exclude(pk=placement.pk)
        .current_or_future(clock.today())
        .exists()
    )
    if trains_elsewhere:
        return None
    return open_mentor_training(
        placement,
        mentee=ect,
        lead_provider=details.lead_provider,
        starts_on=placement.started_on,
        author=author,
    )


def _assign(
    ect: ECTAtSchoolPeriod,
    mentor: MentorAtSchoolPeriod,
    *,
    author: Author,
    backdate: bool,
    replacing: Collection[int] | None,
) -> MentorshipPeriod:
    """Start a mentorship; the ECT's present and later ones give way (spec 05 §6.8 Improve).

    Nothing changes when the mentor has the ECT already and nobody is to follow them.
    ``backdate`` lets it start before today when the ECT has never had a mentor here. The ECT's
    placement is locked first: of two who choose a mentor at once the second sees the first.
    """
    ECTAtSchoolPeriod.objects.select_for_update(no_key=True).get(pk=ect.pk)
    ect.refresh_from_db()
    mentor.refresh_from_db()
    refuse_if(problems_with_mentorship(ect, mentor))
    start = first_day_of_mentoring(ect, mentor_started_on=mentor.started_on, backdate=backdate)
    finish = min([day for day in (ect.finished_on, mentor.finished_on) if day], default=None)
    ahead = mentorships_ahead(ect)
    if [(m.mentor_at_school_period_id, m.finished_on) for m in ahead] == [(mentor.pk, finish)]:
        return ahead[0]
    _refuse_unknown(ahead, mentor, replacing)
    for mentorship in ect.mentorship_periods.select_for_update():
        finish_mentorship(
            mentorship, last_day=start - timedelta(days=1), author=author, remove_from=start
        )
    mentorship = MentorshipPeriod.objects.create(
        ect_at_school_period=ect,
        mentor_at_school_period=mentor,
        started_on=start,
        finished_on=finish,
    )
    record_for_both(
        mentorship,
        ("teacher_starts_being_mentored", "is mentored by"),
        ("teacher_starts_mentoring", "mentors"),
        happened_on=start,
        author=author,
    )
    return mentorship


def _refuse_unknown(
    ahead: list[MentorshipPeriod], mentor: MentorAtSchoolPeriod, replacing: Collection[int] | None
) -> None:
    """Refuse to replace a mentor whom the school did not know of when it chose."""
    if replacing is None:
        return
    for mentorship in ahead:
        now = mentorship.mentor_at_school_period
        if now.pk != mentor.pk and now.pk not in replacing:
            refuse("mentor", "changed_meanwhile", now=now.teacher.name)
