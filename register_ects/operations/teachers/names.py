"""What people are called: the name in TRS, and a school's correction of it (spec 05 §9)."""

from django.db import models

from register_ects.models import Placement, Teacher
from register_ects.operations.base import Author, operation, record_event, transition
from register_ects.operations.placements.locking import locked_for_change
from register_ects.rules.name_changes import may_be_somebody_else, problems_with_new_name
from register_ects.rules.names import display_name, tidy
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import problems_with_seen

#: What history says of a change that support looks at (spec 05 §9.1 Improve).
SIGNIFICANT = "The first and the last name both changed. Check that it is the same person."


@operation
def change_name(placement: Placement, name: str, *, seen: str, author: Author) -> None:
    """Correct what somebody at a school is called, there and everywhere.

    ``seen`` is the mark of the name that the school was shown. A change of both the first and the
    last name is flagged to support. Raises RuleBroken when the name is theirs already, another
    school changed it meanwhile, or they have left. The names in TRS stay. Source: spec 05 §9, §9.1.
    """
    placement = locked_for_change(placement)
    teacher, name = placement.teacher, tidy(name)
    refuse_if(problems_with_new_name(name, now=teacher.name))
    refuse_if(problems_with_seen(seen, teacher.name, field_name="shown"))
    correct_name(teacher, name, author=author, at=[placement.school, placement])


def correct_name(
    teacher: Teacher, name: str, *, author: Author, at: list[models.Model] | None = None
) -> None:
    """Set a person's corrected name, and record it; a name that is theirs changes nothing.

    The caller holds the lock on ``teacher``. A correction that is their name in TRS is none. ``at``
    are the school and the placement at which it was made.
    """
    if name == teacher.name:
        return
    old_name, teacher.corrected_name = teacher.name, name
    if name == trs_name(teacher):
        teacher.corrected_name = None
    teacher.save(update_fields=["corrected_name", "updated_at"])
    record_name("teacher_name_updated_by_user", teacher, old_name, name, author=author, at=at)


def trs_name(teacher: Teacher) -> str:
    """Return a person's name in TRS."""
    return display_name(None, teacher.trs_first_name, teacher.trs_last_name)


def record_name(
    event_type: str,
    teacher: Teacher,
    old_name: str,
    new_name: str,
    *,
    author: Author,
    at: list[models.Model] | None = None,
) -> None:
    """Record that a name changed; one that may be somebody else's is flagged when people did it."""
    by_user = event_type == "teacher_name_updated_by_user"
    is_significant = by_user and may_be_somebody_else(old_name, new_name)
    record_event(
        event_type,
        transition("name", old_name, new_name),
        author=author,
        about=[teacher, *(at or [])],
        body=SIGNIFICANT if is_significant else None,
        metadata={
            "old_name": old_name,
            "new_name": new_name,
            **({"significant": True} if is_significant else {}),
        },
    )
