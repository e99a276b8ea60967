"""From the facts that changed to the records that may be shown differently because of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from register_ects.database.compiled import prepared_cursor
from register_ects.models import (
    Declaration,
    School,
    SchoolPartnership,
    TrainingPeriod,
)
from register_ects.projections.catalogue import RENDERERS
from register_ects.projections.locks import RecordLock, Space
from register_ects.projections.storing import Rendered
from register_ects.rules.enumerations import ResourceType, StaleKind, TrainingProgramme

#: A kind of fact and the key of the record it is about.
Mark = tuple[str, int]
#: Kinds of fact whose reach ``Affected.locks`` knows: what operations change all day.
_NEAR = {StaleKind.TEACHER, StaleKind.DECLARATION, StaleKind.PARTNERSHIP, StaleKind.SCHOOL}
#: More records than these are not worth a lock for each.
_MOST_LOCKS = 200


@dataclass
class Affected:
    """Keys of the records to render again, and of the people whose facts that needs.

    ``is_far`` says that a fact changed which reaches records in other ways than by people who
    mentor each other.
    """

    records: dict[ResourceType, set[int]] = field(default_factory=lambda: defaultdict(set))
    schools: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    is_far: bool = False
    #: Whose declarations are affected, and those that name whom as the mentor; by their keys.
    _declared_for: set[int] = field(default_factory=set)
    _declared_with: set[int] = field(default_factory=set)

    @classmethod
    def by(cls, marks: Iterable[Mark]) -> "Affected":
        """Return what the marked facts affect, in a constant number of queries."""
        marked: dict[str, set[int]] = defaultdict(set)
        for kind, key in marks:
            marked[kind].add(key)
        affected = cls(schools=set(marked[StaleKind.SCHOOL]), is_far=not marked.keys() <= _NEAR)
        records = affected.records
        records[ResourceType.DECLARATION] |= marked[StaleKind.DECLARATION]
        records[ResourceType.STATEMENT] |= marked[StaleKind.STATEMENT]
        records[ResourceType.PARTNERSHIP] |= marked[StaleKind.PARTNERSHIP]
        records[ResourceType.DELIVERY_PARTNER] |= marked[StaleKind.DELIVERY_PARTNER]
        people = set(marked[StaleKind.TEACHER])
        people |= affected._details(marked)
        affected._people(people, marked[StaleKind.DECLARATION])
        return affected

    def locks(self) -> set[RecordLock] | None:
        """Return the locks to render the records under; None when that takes the whole projection.

        Two changes that meet in one record meet in one of them, whatever each alone can see: in
        the record itself, or in the mentor by whom the one reaches the other's.
        """
        if self.is_far:
            return None
        locks = {
            *((Space.PERSON, key) for key in self.people),
            *((Space.PARTNERSHIP, key) for key in self.records[ResourceType.PARTNERSHIP]),
            *((Space.SCHOOL, key) for key in self.schools),
        }
        return locks if len(locks) <= _MOST_LOCKS else None

    def rendered(self) -> list[Rendered]:
        """Return what every provider is shown of the records now."""
        self._add_declarations()
        return [
            Rendered(resource_type, keys, RENDERERS[resource_type](keys))
            for resource_type, keys in self.records.items()
            if keys
        ]

    def _details(self, marked: dict[str, set[int]]) -> set[int]:
        """Add what repeats the changed details of an organisation; return the people concerned."""
        people: set[int] = set()
        partnerships = marked[StaleKind.PARTNERSHIP_DETAILS]
        if partnerships:
            self.records[ResourceType.PARTNERSHIP] |= partnerships
            people |= _people(Q(school_partnership__in=partnerships))
        schools = self._schools(marked)
        if schools:
            people |= _people(Q(school__in=schools))
        if marked[StaleKind.UPLIFTS]:
            people |= _people(Q(school__gias_school__in=marked[StaleKind.UPLIFTS]))
        if marked[StaleKind.CONTRACT_PERIOD]:
            people |= _people(Q(contract_period__in=marked[StaleKind.CONTRACT_PERIOD]))
            self.schools |= _schools_with_school_led_training()
        people |= self._renamed(marked)
        return people

    def _schools(self, marked: dict[str, set[int]]) -> set[int]:
        """Add schools whose details changed, and their partnerships; return the schools."""
        schools = set(marked[StaleKind.SCHOOL_DETAILS])
        if marked[StaleKind.REGISTER_RECORD]:
            schools |= _keys(School, Q(gias_school__in=marked[StaleKind.REGISTER_RECORD]))
        self.schools |= schools
        if schools:
            self.records[ResourceType.PARTNERSHIP] |= _keys(
                SchoolPartnership, Q(school__in=schools)
            )
        return schools

    def _renamed(self, marked: dict[str, set[int]]) -> set[int]:
        """Add what names a renamed provider or partner; return the people concerned."""
        partners = marked[StaleKind.DELIVERY_PARTNER_NAME]
        if partners:
            self.records[ResourceType.DELIVERY_PARTNER] |= partners
            self.records[ResourceType.PARTNERSHIP] |= _keys(
                SchoolPartnership,
                Q(lead_provider_delivery_partnership__delivery_partner__in=partners),
            )
        providers = marked[StaleKind.LEAD_PROVIDER_NAME]
        if not providers:
            return set()
        self.records[ResourceType.DECLARATION] |= _keys(Declaration, Q(lead_provider__in=providers))
        return _people(Q(lead_provider__in=providers))

    def _people(self, people: set[int], declarations: set[int]) -> None:
        """Add people, and those whose mentor's id may now be shown or hidden because of them.

        An id is printed only while it resolves (spec 00): that depends on whom a mentor mentors
        and on who trains those, so one person's change reaches their mentors' other ECTs. Who is
        declared for, and who mentored them, is needed to render a declaration.
        """
        mentors, ects, declared = _connected(people, declarations)
        self.people |= mentors | ects | declared
        if people:
            self.records[ResourceType.PARTICIPANT] |= people | ects
            self.records[ResourceType.TRANSFER] |= people
            self.records[ResourceType.UNFUNDED_MENTOR] |= mentors
            self._declared_for, self._declared_with = people, mentors

    def _add_declarations(self) -> None:
        """Add the declarations for the people, and those that name one of the mentors."""
        if self._declared_for:
            keys = {"people": list(self._declared_for), "mentors": list(self._declared_with)}
            self.records[ResourceType.DECLARATION] |= {key for (key,) in _rows(_DECLARED, keys)}


#: The people, their mentors and the ECTs of all of these; whom some declarations are about. Each
#: list is found before it is looked for: joined, a handful of keys would cost a whole table.
_CONNECTED = """
    WITH mentor AS (
        SELECT unnest(%(people)s::bigint[]) AS id
        UNION SELECT mentor_teacher_id FROM mentorship_period
            WHERE ect_teacher_id = ANY(%(people)s::bigint[])
    )
    SELECT 'mentor', id FROM mentor
    UNION SELECT 'ect', ect_teacher_id FROM mentorship_period
        WHERE mentor_teacher_id = ANY(ARRAY(SELECT id FROM mentor))
    UNION SELECT 'declared', person.id FROM declaration
        LEFT JOIN mentorship_period ON mentorship_period.id = declaration.mentorship_period_id
        CROSS JOIN unnest(ARRAY[declaration.teacher_id, mentor_teacher_id]) AS person(id)
        WHERE declaration.id = ANY(%(declarations)s::bigint[]) AND person.id IS NOT NULL
"""
_DECLARED = """
    SELECT id FROM declaration WHERE teacher_id = ANY(%(people)s::bigint[])
    UNION SELECT id FROM declaration WHERE mentorship_period_id = ANY(ARRAY(
        SELECT id FROM mentorship_period WHERE mentor_teacher_id = ANY(%(mentors)s::bigint[])
    ))
"""


def _connected(people: set[int], declarations: set[int]) -> tuple[set[int], set[int], set[int]]:
    """Return the mentors, themselves among them, their ECTs, and whom the declarations concern."""
    found: dict[str, set[int]] = {"mentor": set(), "ect": set(), "declared": set()}
    if people or declarations:
        keys = {"people": list(people), "declarations": list(declarations)}
        for kind, key in _rows(_CONNECTED, keys):
            found[kind].add(key)
    return found["mentor"], found["ect"], found["declared"]


def _rows(statement: str, keys: dict[str, list[int]]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(statement, keys)
        return list(cursor.fetchall())


def _people(trained: Q) -> set[int]:
    return set(TrainingPeriod.objects.filter(trained).values_list("teacher", flat=True))


def _schools_with_school_led_training() -> set[int]:
    """Return the schools whose training counts for the year that its first day lies in."""
    rows = TrainingPeriod.objects.filter(training_programme=TrainingProgramme.SCHOOL_LED)
    return set(rows.values_list("school", flat=True))


def _keys(model: type, condition: Q) -> set[int]:
    return set(model.objects.filter(condition).values_list("pk", flat=True))  # type: ignore[attr-defined]
