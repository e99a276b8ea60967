"""A school changes what it has reported of somebody's time there (spec 05 §9).

Each locks first, then holds what the school was shown (``seen``) against what is there by now.
"""

from register_ects.models import AppropriateBody, ECTAtSchoolPeriod, Placement, Teacher
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.email_delivery import returned_welcome
from register_ects.operations.messages.emails import queue_email
from register_ects.operations.placements.email_addresses import email_is_taken, lock_email
from register_ects.operations.placements.locking import locked_for_change
from register_ects.operations.placements.registration import problems_with_appropriate_body
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.emails import problems_with_new_email
from register_ects.rules.enumerations import EmailTemplate
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.seen import problems_with_seen


@operation
def change_email(placement: Placement, email: str, *, seen: str, author: Author) -> bool:
    """Change somebody's email address at this school, and at no other.

    The email that told them of their registration, if the old address returned it, is sent again
    to the new one; returns whether.

    ``seen`` is the mark of the address that the school was shown. Raises RuleBroken when the new
    one is the same but for capitals, another person has it, it was changed meanwhile, or they have
    left. Source: spec 05 §6.1, §6.2, §9.
    """
    lock_email(email)
    placement = locked_for_change(placement)
    refuse_if(problems_with_email_of(placement, email))
    refuse_if(problems_with_seen(seen, placement.email, field_name="shown"))
    returned = returned_welcome(placement)
    old_email, placement.email = placement.email, email
    placement.save(update_fields=["email", "updated_at"])
    record_event(
        "teacher_email_address_updated",
        f"{placement.teacher.name}'s email address changed at {placement.school.name}",
        author=author,
        about=[placement.teacher, placement.school, placement],
        changes={"email": (old_email, email)},
    )
    if returned:
        queue_email(
            EmailTemplate(returned.template),
            recipient=email,
            personalisation=returned.personalisation,
        )
    return returned is not None


@operation
def change_working_pattern(
    placement: ECTAtSchoolPeriod, pattern: str, *, seen: str, author: Author
) -> None:
    """Change whether an ECT works full or part time at this school.

    ``seen`` is the mark of the pattern that the school was shown, None where none was known.
    Raises RuleBroken when it is the same, was changed meanwhile, or they have left. Source: spec 05
    §9, §9.1.
    """
    placement = locked_for_change(placement)
    if pattern == placement.working_pattern:
        refuse("working_pattern", "unchanged")
    refuse_if(problems_with_seen(seen, placement.working_pattern, field_name="shown"))
    old, placement.working_pattern = placement.working_pattern, pattern
    placement.save(update_fields=["working_pattern", "updated_at"])
    record_event(
        "teacher_working_pattern_updated",
        f"{placement.teacher.name}'s working pattern changed at {placement.school.name}",
        author=author,
        about=[placement.teacher, placement.school, placement],
        changes={"working_pattern": (old, pattern)},
    )


@operation
def change_appropriate_body(
    placement: ECTAtSchoolPeriod, body: AppropriateBody, *, seen: str, author: Author
) -> None:
    """Change the appropriate body that the school reported of an ECT.

    ``seen`` is the mark of the name of the body that the school was shown, None where there was
    none. Raises RuleBroken while any body has their induction open, when the school may not name
    this one or has done so already, when it was changed meanwhile, or when they have left. Source:
    spec 05 §6.4 with its Improve, §9.
    """
    placement = locked_for_change(placement)
    refuse_if(problems_with_body_of(placement.teacher))
    old = placement.school_reported_appropriate_body
    if body == old:
        refuse("appropriate_body", "unchanged")
    refuse_if(problems_with_seen(seen, old.name if old else None, field_name="shown"))
    refuse_if(problems_with_appropriate_body(placement.school, body))
    placement.school_reported_appropriate_body = body
    placement.save(update_fields=["school_reported_appropriate_body", "updated_at"])
    record_event(
        "teacher_appropriate_body_changed",
        f"{placement.teacher.name}'s appropriate body changed at {placement.school.name}",
        author=author,
        about=[placement.teacher, placement.school, placement, body],
        changes={"appropriate_body": (old.name if old else None, body.name)},
    )


def problems_with_body_of(teacher: Teacher) -> list[Problem]:
    """List why no school may change an ECT's appropriate body.

    One has their induction open: then that one is responsible, and nobody but itself lets them go.
    Or induction is over, or they are exempt: then nobody is responsible.
    """
    if not needs_mentor(teacher.induction_status):
        return [Problem("appropriate_body", "induction_over")]
    is_open = any(period.is_open for period in teacher.induction_periods.all())
    return [Problem("appropriate_body", "induction_is_open")] if is_open else []


def problems_with_email_of(placement: Placement, email: str) -> list[Problem]:
    """List why an address cannot be somebody's at this school: theirs already, or another's."""
    problems = problems_with_new_email(email, now=placement.email)
    if not problems and email_is_taken(email, trn=placement.teacher.trn):
        return [Problem("email", "taken")]
    return problems
