"""What registering a row's person does, and that in words."""

from dataclasses import dataclass

from register_ects.formats import govuk_date
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import MentorAtSchoolPeriod, Teacher
from register_ects.operations.batches.held import Held
from register_ects.operations.placements.registration import ECTRegistration, placement_ended_by
from register_ects.rules.same_names import is_one_of, ways_to_split
from schools.several.files import COMPARED
from schools.several.known import Known

#: How a sentence begins that points out another name than TRS has.
RIGHT_PERSON = "Check that this is the right person"


@dataclass(frozen=True)
class Plan:
    """What registering a row's person does."""

    details: ECTRegistration
    mentor: MentorAtSchoolPeriod | None


def in_words(plan: Plan, teacher: Teacher | None, known: Known) -> str:
    """Return what registering somebody does, a sentence for each thing."""
    details, mentor = plan.details, plan.mentor
    provider = details.lead_provider
    training = f"provider-led with {provider.name}" if provider else "school-led"
    pattern = details.working_pattern.replace("_", " ")
    said = [
        f"Starts on {govuk_date(details.started_on)}, {pattern}, {training}, "
        f"appropriate body {details.appropriate_body.name}."
    ]
    ending = placement_ended_by(teacher, start=details.started_on)
    if ending is not None:
        said.append(f"Their time at {ending.school_name} ends on {govuk_date(ending.last_day)}.")
    if mentor is not None:
        trains = ""
        if provider and known.needs_first_training(mentor):
            trains = f", who starts mentor training with {provider.name}"
        said.append(f"Mentor: {mentor.teacher.name}{trains}.")
    return " ".join(said)


def other_name(held: Held, record: TeacherRecord, shown: str) -> str:
    """Return a sentence where the file has another name than TRS, and than the one shown."""
    first, last, full = (held.cells.get(key, "").strip() for key in COMPARED)
    given = [(first, last)] if first or last else ways_to_split(full)
    in_trs = (f"{record.first_name} {record.middle_name}", record.last_name)
    known = [in_trs, *ways_to_split(shown)]
    if not name_in_file(held) or any(is_one_of(each, known) for each in given):
        return ""
    return f" {RIGHT_PERSON}: the file says {name_in_file(held)}, TRS {record.full_name}."


def name_in_file(held: Held) -> str:
    """Return the name that a file gives somebody, or an empty text."""
    first, last, full = (held.cells.get(key, "").strip() for key in COMPARED)
    return f"{first} {last}".strip() or full
