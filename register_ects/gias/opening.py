"""Give open establishments a school of our own (spec 07 §8.2, the "Open" step).

Whether a school is new is judged for each: one that opened after the register we began with has
opened; any other has been there, and only we did not know. The other steps of reconciliation
(replace, merge, close) are not taken here: an establishment that stands to inherit a closed
school's record of ours is left without one.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from register_ects import clock
from register_ects.models import GIASSchool, GIASSchoolLink, School
from register_ects.operations.base import Author, record_event
from register_ects.rules import establishments
from register_ects.rules.enumerations import GIASSchoolStatus
from register_ects.rules.school_links import PREDECESSOR_TYPES, SUCCESSOR_TYPES


@dataclass(frozen=True)
class Opened:
    """How many schools were opened, and how many left for a closed school's record."""

    count: int
    left: int


def open_schools(*, known_until: date | None, eligible_only: bool = False) -> Opened:
    """Create a school for each open establishment without one.

    Looks at every establishment, not only at those just imported, so that a failed night is made
    good. Proposed to close counts as open: those schools have teachers too. ``known_until`` is
    the day of the register that we began with: a school that opened later gets
    ``school_opened`` at its opening date; None, at the first import, records nothing.
    """
    waiting = _open_without_school(eligible_only)
    successors = set(_successors(waiting).values_list("urn", flat=True))
    new = []
    if known_until:
        new = list(waiting.filter(opened_on__gt=known_until).exclude(urn__in=successors))
    for register in new:
        _open(register)
    learned = _learn(waiting, successors)
    return Opened(len(new) + learned, len(successors))


def _open_without_school(eligible_only: bool) -> QuerySet[GIASSchool]:
    found = GIASSchool.objects.filter(status__in=establishments.OPEN_STATUSES, school=None)
    if eligible_only:
        found = found.filter(eligible=True)
    return found.order_by("urn")


def _successors(waiting: QuerySet[GIASSchool]) -> QuerySet[GIASSchool]:
    """Keep those that succeed a closed school of ours, as either end of the link tells."""
    closed = School.objects.filter(gias_school__status=GIASSchoolStatus.CLOSED, merged_into=None)
    own = GIASSchoolLink.objects.filter(
        urn=OuterRef("urn"),
        link_type__in=PREDECESSOR_TYPES,
        link_urn__in=Subquery(closed.values("gias_school")),
    )
    theirs = GIASSchoolLink.objects.filter(
        link_urn=OuterRef("urn"),
        link_type__in=SUCCESSOR_TYPES,
        urn__in=Subquery(closed.values("gias_school")),
    )
    return waiting.filter(Q(Exists(own)) | Q(Exists(theirs)))


def _open(register: GIASSchool) -> None:
    school = School.objects.create(gias_school=register)
    record_event(
        "school_opened",
        f"{register.name} ({register.urn}) opened",
        author=Author.system(),
        about=[school],
        happened_on=register.opened_on,
        metadata={"urn": register.urn, "name": register.name},
    )


def _learn(waiting: QuerySet[GIASSchool], successors: set[int]) -> int:
    """Create the schools that have been there. No events: nothing opened."""
    now = clock.now()
    chosen, parameters = waiting.exclude(urn__in=successors).values("urn").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO school
                (api_id, urn, marked_as_eligible, unwanted_emails, created_at, updated_at)
            SELECT gen_random_uuid(), urn, FALSE, '{{}}', %s, %s
            FROM ({chosen}) waiting""",  # noqa: S608
            [now, now, *parameters],
        )
        return int(cursor.rowcount)
