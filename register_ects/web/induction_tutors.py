"""Whether the people of a school must first say who its induction tutor is (spec 05 §11.1)."""

from register_ects import clock
from register_ects.models import School
from register_ects.operations.schools.induction_tutors import (
    confirmation_is_due,
    period_to_confirm,
    tutor_of,
)
from register_ects.rules.permissions import Permission
from register_ects.web.identity import SchoolIdentity

#: The journeys, by the names of their addresses.
CONFIRM = "confirm-existing-induction-tutor"
NEW = "new-induction-tutor"
UPDATE = "update-induction-tutor"


def tutor_is_due(identity: SchoolIdentity) -> bool:
    """Whether this person must have the induction tutor confirmed before anything else.

    Staff who act as a school are not asked, nor is who may change nothing. No query once the
    school has confirmed, since the contract period comes with the identity; else one.
    """
    school = identity.school
    if school is None or identity.acting_staff or not identity.may(Permission.SCHOOL_REGISTER):
        return False
    last = school.induction_tutor_last_nominated_in
    if last and last.finished_on >= clock.today():
        return False
    return confirmation_is_due(school, period_to_confirm())


def journey_due(school: School) -> str:
    """Return the journey by which a school says who its tutor is, when that is due."""
    return CONFIRM if tutor_of(school).is_named else NEW
