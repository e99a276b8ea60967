"""Give open establishments a school of our own (spec 07 §8.2, the "Open" step).

The other steps of reconciliation (replace, merge, close) are not taken here.
"""

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from register_ects import clock
from register_ects.models import GIASSchool, GIASSchoolLink, School
from register_ects.operations.base import Author, record_event
from register_ects.rules import establishments
from register_ects.rules.enumerations import GIASSchoolStatus
from register_ects.rules.school_links import INHERITANCE_TYPES


def open_all_schools() -> int:
    """Create a school for every open establishment without one, at the first import.

    Proposed to close counts as open: those schools have teachers too. No events: nothing
    opened, the service is only learning what exists. Returns how many were created.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO school (api_id, urn, marked_as_eligible, created_at, updated_at)
            SELECT gen_random_uuid(), urn, FALSE, %s, %s
            FROM gias_school register
            WHERE status = ANY(%s)
                AND NOT EXISTS (SELECT 1 FROM school WHERE school.urn = register.urn)
            ORDER BY urn""",
            [now, now, sorted(str(status) for status in establishments.OPEN_STATUSES)],
        )
        return int(cursor.rowcount)


def open_new_schools() -> int:
    """Create a school for each open establishment that nothing links to a past or future.

    Looks at every establishment without a school, not only at today's changes, so that a failed
    night is made good. Records ``school_opened`` at the opening date. Returns how many.
    """
    inherited = GIASSchoolLink.objects.filter(
        Q(urn=OuterRef("pk")) | Q(link_urn=OuterRef("pk")), link_type__in=INHERITANCE_TYPES
    )
    openings = GIASSchool.objects.filter(
        ~Exists(inherited), status=GIASSchoolStatus.OPEN, school=None
    ).order_by("urn")
    count = 0
    for register in openings:
        school = School.objects.create(gias_school=register)
        record_event(
            "school_opened",
            f"{register.name} ({register.urn}) opened",
            author=Author.system(),
            about=[school],
            happened_on=register.opened_on,
            metadata={"urn": register.urn, "name": register.name},
        )
        count += 1
    return count
