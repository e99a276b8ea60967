"""From the facts that changed to the records that may be shown differently because of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from register_ects.models import (
    Declaration,
    MentorshipPeriod,
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
        affected._declared(marked[StaleKind.DECLARATION])
        affected._people(people)
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

    def _declared(self, declarations: set[int]) -> None:
        """Add who is declared for and who mentored them: on them depends who sees it, and how."""
        rows = Declaration.objects.filter(pk__in=declarations)
        for pair in rows.values_list("teacher_id", "mentorship_period__mentor_teacher_id"):
            self.people |= {key for key in pair if key is not None}

    def _people(self, people: set[int]) -> None:
        """Add people, and those whose mentor's id may now be shown or hidden because of them.

        An id is printed only while it resolves (spec 00): that depends on whom a mentor mentors
        and on who trains those, so one person's change reaches their mentors' other ECTs.
        """
        if not people:
            return
        mentors = people | _keys_of("mentor_teacher", ect_teacher__in=people)
        ects = _keys_of("ect_teacher", mentor_teacher__in=mentors)
        self.people |= mentors | ects
        self.records[ResourceType.PARTICIPANT] |= people | ects
        self.records[ResourceType.TRANSFER] |= people
        self.records[ResourceType.UNFUNDED_MENTOR] |= mentors
        # Asked for one after the other: either of two conditions would read the whole table.
        mentorships = _keys(MentorshipPeriod, Q(mentor_teacher__in=mentors))
        declarations = self.records[ResourceType.DECLARATION]
        declarations |= _keys(Declaration, Q(teacher__in=people))
        declarations |= _keys(Declaration, Q(mentorship_period__in=mentorships))


def _people(trained: Q) -> set[int]:
    return set(TrainingPeriod.objects.filter(trained).values_list("teacher", flat=True))


def _schools_with_school_led_training() -> set[int]:
    """Return the schools whose training counts for the year that its first day lies in."""
    rows = TrainingPeriod.objects.filter(training_programme=TrainingProgramme.SCHOOL_LED)
    return set(rows.values_list("school", flat=True))


def _keys(model: type, condition: Q) -> set[int]:
    return set(model.objects.filter(condition).values_list("pk", flat=True))  # type: ignore[attr-defined]


def _keys_of(column: str, **condition: Collection[int]) -> set[int]:
    rows = MentorshipPeriod.objects.filter(**condition)
    return set(rows.values_list(f"{column}_id", flat=True))
