"""What the answers of the register-mentor journey mean: derived when a page is submitted.

Noted beside the given answers, so that the next step is a function of the answers alone; noted
again before the check page, because others may have changed the facts. Rules live in
``register_ects``.
"""

from typing import Any

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import LeadProvider, MentorAtSchoolPeriod, Teacher, TrainingPeriod
from register_ects.operations.emails import email_is_taken
from register_ects.operations.mentor_starts import (
    active_mentor_placement,
    first_time_mentor_registration_is_open,
    mentor_registration_is_open,
    placements_elsewhere,
    problems_with_mentor_start,
)
from register_ects.rules import registration
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.names import display_name
from register_ects.rules.problems import refuse_if
from register_ects.web.drafts import Answers
from schools import looking_up
from schools.mentors import training


def find_by_birth_date(given: Answers, request: Any) -> None:
    """Ask TRS for the person, and note the page that follows."""
    looking_up.by_birth_date(given, request, following=lambda: _after_finding(given, request))
    is_the_ect = given["trn"] == request.subject.teacher.trn
    if is_the_ect and given["after_finding"] == "national-insurance-number":
        given["after_finding"] = looking_up.THEMSELF  # before a second proof is asked for


def find_by_ni_number(given: Answers, request: Any) -> None:
    """Ask TRS with a National Insurance number, and note the page that follows."""
    looking_up.by_ni_number(given, request, following=lambda: _after_finding(given, request))


def _after_finding(given: Answers, request: Any) -> str:
    record = TeacherRecord.from_json(given["record"])
    placement = active_mentor_placement(record.trn, request.school)
    given["name"] = _known_name(given)
    given["active_mentor_id"] = placement.pk if placement else None
    reason = registration.reason_not_to_register_mentor(
        is_the_ect=record.trn == request.subject.teacher.trn,
        active_at_this_school=placement is not None,
        prohibited=record.is_prohibited(clock.today()),
    )
    return reason.replace("_", "-") if reason else "review-mentor-details"


def note_person_again(given: Answers, request: Any) -> None:
    """Note what others may have changed: where the person mentors, who trains the ECT."""
    if "record" not in given:
        return
    looking_up.note_following(given, _after_finding(given, request))
    if "registered_before" in given:
        note_person(given, request)
    if "email" in given:
        given["year_is_open"] = first_time_mentor_registration_is_open()


def note_person(given: Answers, request: Any) -> None:
    """Note what decides the later questions: earlier mentoring, funding, the ECT's provider."""
    teacher = teacher_of(given)
    provider = training.provider_of(request.subject)
    mentoring = MentorAtSchoolPeriod.objects.filter(teacher__trn=given["trn"])
    trained = TrainingPeriod.objects.filter(
        teacher__trn=given["trn"], trainee_role=TraineeRole.MENTOR
    )
    given["name"] = given.get("corrected_name") or _known_name(given)
    given["fundable"] = teacher is None or teacher.is_fundable_as_mentor
    given["registered_before"] = mentoring.exists()
    given["mentors_elsewhere"] = placements_elsewhere(
        given["trn"], request.school, start=clock.today()
    ).exists()
    given["trained_before"] = trained.exists()
    given["ect_provider_id"] = provider.pk if provider else None
    given["ect_provider"] = provider.name if provider else None
    _note_provider(given)


def note_email(given: Answers, request: Any) -> None:
    """Note whether somebody else has the address, and whether this year is open."""
    given["email_taken"] = email_is_taken(given["email"], trn=given["trn"])
    given["year_is_open"] = first_time_mentor_registration_is_open()


def check_start(given: Answers, request: Any) -> None:
    """Refuse an impossible start, and note whether its contract period is open."""
    start = given["started_on"]
    refuse_if(
        problems_with_mentor_start(
            teacher_of(given), request.subject, start, only_here=only_here(given)
        )
    )
    given["start_is_open"] = mentor_registration_is_open(given["started_on"])
    _note_provider(given)


def only_here(given: Answers) -> bool | None:
    """Return whether the person leaves the other schools that have them; None when none has."""
    return bool(given["only_here"]) if given["mentors_elsewhere"] else None


def _note_provider(given: Answers) -> None:
    """Note whether the ECT's provider can train them, in the year that their start leads to."""
    start = given.get("started_on") or clock.today()
    available = training.providers_for(teacher_of(given), start=start)
    given["offered_providers"] = [str(provider.pk) for provider in available]
    given["ect_provider_available"] = str(given["ect_provider_id"]) in given["offered_providers"]


def provider_chosen(given: Answers) -> LeadProvider | None:
    """Return who trains the mentor: the ECT's provider, another, or nobody."""
    if not training_is_due(given):
        return None
    if given["ect_provider_available"] and given.get("use_ect_provider") is not False:
        return LeadProvider.objects.get(pk=given["ect_provider_id"])
    chosen = given.get("lead_provider")
    return LeadProvider.objects.filter(pk=chosen).first() if chosen else None


def _known_name(given: Answers) -> str:
    """Return what the service calls the person: a name corrected before, else TRS's."""
    record, teacher = TeacherRecord.from_json(given["record"]), teacher_of(given)
    known = teacher.corrected_name if teacher else None
    return display_name(known, record.first_name, record.last_name)


def teacher_of(given: Answers) -> Teacher | None:
    """Return the person if the service knows them already."""
    return Teacher.objects.filter(trn=given["trn"]).first()


def training_is_due(given: Answers) -> bool:
    """Return whether the ECT's training is provider-led and the mentor may have some too."""
    return bool(given["ect_provider_id"] and given["fundable"])
