"""Build and remove a provider's sandbox. Building twice changes nothing.

Removing and building are two operations: what is removed is told in the change feed before what
is built, under the same public ids.
"""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import pgtrigger
import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from register_ects.invented.organisations import IN_STORIES, schools_without_anybody
from register_ects.invented.production import refuse_in_production
from register_ects.invented.sandbox import (
    participant_scenarios,
    school_scenarios,
    special_scenarios,
)
from register_ects.invented.sandbox.builder import YEAR, Builder, CannotBuild
from register_ects.invented.sandbox.scenario import Scenario
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    InductionExtension,
    InductionPeriod,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SandboxScenario,
    School,
    SchoolPartnership,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
    TRSInductionUpdate,
)
from register_ects.operations.base import operation
from register_ects.rules.problems import refuse

log = structlog.get_logger(__name__)

OWN = [*school_scenarios.OWN, *participant_scenarios.OWN, *special_scenarios.OWN]
#: More schools than all scenarios of a provider use.
_SCHOOLS = 200


Tell = Callable[[str], None]


def _to_nobody(line: str) -> None:
    """Tell nobody."""


def providers_with_sandbox(*, year: int | None = None) -> list[LeadProvider]:
    """Return the providers that scenarios can be played for: with a partner, in ``year`` if given.

    Who has none in the year that most scenarios play in gets those of earlier years.
    """
    pairings = LeadProviderDeliveryPartnership.objects.all()
    if year is not None:
        pairings = pairings.filter(contract_period=year)
    return list(
        LeadProvider.objects.filter(pk__in=pairings.values("lead_provider")).order_by("name")
    )


def every_scenario() -> list[Scenario]:
    """Return what a sandbox is seeded with, what all providers share last."""
    return [*OWN, *school_scenarios.SHARED]


def reset_sandbox(provider: LeadProvider, *, tell: Tell = _to_nobody) -> int:
    """Remove what was seeded for a provider and build it anew; return how many scenarios.

    ``tell`` is told what could not be built, a line for each scenario, and why.
    Raises RuleBroken (field ``lead_provider``) when it has no delivery partner to train with.
    """
    if provider not in providers_with_sandbox():
        refuse("lead_provider", "no_delivery_partner")
    clear_sandbox(provider)
    return seed_sandbox(provider, tell=tell)


def reset_shared(*, tell: Tell = _to_nobody) -> int:
    """Remove what all providers share and build it anew; return how many scenarios."""
    clear_sandbox(None)
    return seed_shared(tell=tell)


@operation
def seed_sandbox(provider: LeadProvider, *, tell: Tell = _to_nobody) -> int:
    """Build a provider's scenarios, unless it has some; return how many were built.

    What cannot be built (a year without a contract, no statement in a state) is left out, and
    told to ``tell`` with the reason.
    Raises NotForProduction in production.
    """
    refuse_in_production("Invented people")
    LeadProvider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    if SandboxScenario.objects.filter(lead_provider=provider).exists():
        return 0
    builder = Builder(provider, _another(provider), _free_schools(provider.name))
    return _build(OWN, builder, owner=provider, tell=tell)


@operation
def seed_shared(*, tell: Tell = _to_nobody) -> int:
    """Build the scenarios that all providers share, unless they are there already."""
    refuse_in_production("Invented people")
    providers = providers_with_sandbox(year=YEAR)
    if not providers or SandboxScenario.objects.filter(lead_provider=None).exists():
        return 0
    builder = Builder(providers[0], _another(providers[0]), _free_schools("shared"))
    return _build(school_scenarios.SHARED, builder, owner=None, tell=tell)


@operation
def clear_sandbox(provider: LeadProvider | None) -> None:
    """Remove all that was seeded for a provider (None: for all), and what grew on it since.

    People, their whole histories and partnerships at the scenarios' schools that nobody else
    trains under. Raises NotForProduction in production.
    """
    refuse_in_production("Invented people")
    if provider is not None:
        LeadProvider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    scenarios = list(SandboxScenario.objects.filter(lead_provider=provider))
    _remove_people(_ids(each.participant_ids for each in scenarios))
    schools = School.objects.filter(api_id__in=_ids(each.school_ids for each in scenarios))
    _remove_partnerships(
        provider, schools.values("pk"), _ids(each.partnership_ids for each in scenarios)
    )
    _forget_tutors(scenarios)
    SandboxScenario.objects.filter(pk__in=[each.pk for each in scenarios]).delete()


def _build(
    scenarios: Iterable[Scenario], builder: Builder, *, owner: LeadProvider | None, tell: Tell
) -> int:
    rows: list[SandboxScenario] = []
    for scenario in scenarios:
        for key in scenario.all_keys():
            builder.begin(key)
            try:
                with transaction.atomic():
                    scenario.build(builder)
            except CannotBuild as problem:
                log.warning("sandbox_scenario_left_out", scenario=key, reason=f"{problem}")
                tell(f"{key}: {problem}")
                continue
            rows.append(
                SandboxScenario(
                    lead_provider=owner,
                    position=len(rows) + 1,
                    group=scenario.group,
                    key=key,
                    title=scenario.title,
                    participant_ids=builder.built.participant_ids,
                    school_ids=builder.built.school_ids,
                    partnership_ids=builder.built.partnership_ids,
                )
            )
    SandboxScenario.objects.bulk_create(rows)
    return len(rows)


def _another(provider: LeadProvider) -> LeadProvider | None:
    """Return the next provider by name that trains in the main year, the first after the last."""
    others = [each for each in providers_with_sandbox(year=YEAR) if each.pk != provider.pk]
    later = [each for each in others if each.name > provider.name]
    return next(iter([*later, *others]), None)


def _free_schools(seed: str) -> Iterator[School]:
    """Yield eligible schools where nothing has happened, in an order that ``seed`` decides."""
    used = SandboxScenario.objects.filter(school_ids__contains=[OuterRef("api_id")])
    schools = (
        schools_without_anybody()
        .filter(~Exists(used), gias_school__eligible=True)
        .exclude(gias_school__in=IN_STORIES)
        .select_related("gias_school")
        .order_by(MD5(Concat(Value(seed), Cast("gias_school_id", TextField()))))
    )
    return iter(schools[:_SCHOOLS])


# -- Removing --------------------------------------------------------------------------------


def _ids(lists: Iterable[list[UUID]]) -> set[UUID]:
    return {each for ids in lists for each in ids}


def _remove_people(api_ids: set[UUID]) -> None:
    people = list(Teacher.objects.filter(api_id__in=api_ids).values_list("pk", flat=True))
    mentorships = MentorshipPeriod.objects.filter(
        Q(ect_teacher__in=people) | Q(mentor_teacher__in=people)
    )
    # Nothing that was declared is ever deleted, but for what was invented here.
    with pgtrigger.ignore(
        "register_ects.Declaration:declarations_on_a_statement_are_never_deleted"
    ):
        Declaration.objects.filter(teacher__in=people).delete()
    Declaration.objects.filter(mentorship_period__in=mentorships).update(mentorship_period=None)
    mentorships.delete()
    for model in (
        TrainingPeriod,
        ECTAtSchoolPeriod,
        MentorAtSchoolPeriod,
        InductionPeriod,
        InductionExtension,
        TRSInductionUpdate,
    ):
        model._default_manager.filter(teacher__in=people).delete()
    TeacherIdChange.objects.filter(
        Q(teacher__in=people) | Q(from_teacher__in=api_ids) | Q(to_teacher__in=api_ids)
    ).delete()
    Teacher.objects.filter(pk__in=people).delete()


def _remove_partnerships(
    provider: LeadProvider | None, schools: object, api_ids: set[UUID]
) -> None:
    """Remove seeded partnerships, and the provider's own at the schools, unless in use."""
    seeded = Q(api_id__in=api_ids)
    made_since = Q(school__in=schools, lead_provider=provider) if provider else Q(pk__in=[])
    in_use = TrainingPeriod.objects.filter(school_partnership=OuterRef("pk"))
    SchoolPartnership.objects.filter(seeded | made_since).exclude(Exists(in_use)).delete()


def _forget_tutors(scenarios: Iterable[SandboxScenario]) -> None:
    """Take away the induction tutors that scenarios gave to their schools."""
    keys = {"tutor-became-mentor", "mentor-became-tutor"}
    schools = _ids(each.school_ids for each in scenarios if each.key in keys)
    School.objects.filter(api_id__in=schools).update(
        induction_tutor_name=None,
        induction_tutor_email=None,
        induction_tutor_last_nominated_in=None,
    )
