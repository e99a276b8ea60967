"""A school of 300 people, to time its pages: more than any school of the population has."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count

from register_ects import clock
from register_ects.models import School, SchoolPartnership
from register_ects.operations.placements import leaving, mentoring, registration
from tests.performance import subjects
from tests.performance.operations.placements import registration_of
from tests.performance.subjects import AUTHOR

ECTS, MENTORS, LEAVERS = 160, 100, 40
_BEGAN_DAYS_AGO, _LEFT_DAYS_AGO = 60, 30
_FIRST_TRN = 8_500_000


def large_school() -> School:
    """Return the school, with its people registered as a school would, if it is not there yet."""
    large = School.objects.alias(n=Count("mentor_at_school_periods")).filter(n__gte=MENTORS)
    if found := large.first():
        return found
    today = clock.today()
    with clock.pretend(today - timedelta(days=_BEGAN_DAYS_AGO)):
        return _fill(_partnership(), left_on=today - timedelta(days=_LEFT_DAYS_AGO))


def _partnership() -> SchoolPartnership:
    """Return a partnership of a school where nobody is yet."""
    nobody = subjects.partnerships_of_this_year().filter(
        school__ect_at_school_periods=None, school__mentor_at_school_periods=None
    )
    found: SchoolPartnership = nobody[0]
    return found


@transaction.atomic
def _fill(partnership: SchoolPartnership, *, left_on: date) -> School:
    school: School = partnership.school
    trns = iter(range(_FIRST_TRN, _FIRST_TRN + ECTS + MENTORS + LEAVERS))
    ects = []
    for _ in range(ECTS + LEAVERS):
        trn = str(next(trns))
        person = subjects.new_person(trn=trn, last_name=f"Large {trn[-3:]}")
        details = registration_of(partnership, person)
        ects.append(registration.register_ect(school, details, author=AUTHOR, tells_tutor=False))
    for ect in ects[ECTS:]:
        leaving.report_leaving(ect, last_day=left_on, author=AUTHOR)
    for ect in ects[:MENTORS]:
        trn = str(next(trns))
        details = mentoring.MentorRegistration(
            record=subjects.new_person(trn=trn, last_name=f"Mentor {trn[-3:]}"),
            corrected_name=None,
            email=f"mentor{trn}@bench.example.org",
            lead_provider=partnership.lead_provider,
        )
        mentoring.register_mentor(school, ect, details, author=AUTHOR)
    return school
