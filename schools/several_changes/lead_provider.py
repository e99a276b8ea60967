"""Another lead provider for several ECTs (spec 05 §9.2, §20.3)."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache, cached_property

from register_ects import clock
from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProvider,
    SchoolPartnership,
    TrainingPeriod,
)
from register_ects.operations.base import Author
from register_ects.operations.training.changes import change_lead_provider
from register_ects.operations.training.plans import earliest_partnership, lead_providers_in
from register_ects.operations.training.proposed import (
    ProposedChange,
    proposed_change_of_provider,
)
from register_ects.rules.contract_periods import ContractPeriodChoice
from register_ects.rules.problems import Problem
from register_ects.rules.training import present_training
from register_ects.web.choice_fields import Choice
from schools.changes.training import (
    ADVICE_ON_PROVIDERS,
    TrainingNow,
    when_it_starts,
    who_confirms,
)
from schools.lead_providers import lead_provider_choices
from schools.several_changes.change import (
    EACH,
    REASONS,
    Change,
    Effect,
    Plan,
    impossible,
    whose_induction_is_over,
)

#: What tells of a training period when it is, whose, and whether it was stopped.
_WHEN = (
    *("started_on", "finished_on", "withdrawn_at", "deferred_at"),
    *("ect_at_school_period", "training_programme"),
)


class ProviderPlan(Plan[LeadProvider]):
    """One lead provider who trains each of the ECTs from now on."""

    @cached_property
    def choice(self) -> LeadProvider | None:
        """Return the lead provider that was chosen."""
        return LeadProvider.objects.filter(pk=self.given.get("lead_provider") or 0).first()

    @property
    def chosen(self) -> str | None:
        """Return the lead provider's name."""
        return self.choice.name if self.choice else None

    def choices(self) -> list[Choice]:
        """Return the lead providers that each of the ECTs could have, but who trains them all."""
        proposed = [self._proposed(ect) for ect in self.ects]
        periods = {
            each.contract_period.year: each.contract_period
            for each in proposed
            if each.contract_period
        }
        lists = [lead_provider_choices(self.school, period) for period in periods.values()]
        if not lists:
            return []
        everywhere = set.intersection(*({choice.value for choice in each} for each in lists))
        now = {each.provider_now for each in proposed}
        only = next(iter(now)) if len(now) == 1 else None
        return [
            choice
            for choice in lists[0]
            if choice.value in everywhere and (only is None or choice.value != str(only.pk))
        ]

    def effect_of(self, choice: LeadProvider, ect: ECTAtSchoolPeriod) -> Effect:
        """Return what becomes of the present training, and when the new one starts."""
        proposed = self._proposed(ect)
        problems = self._problems(proposed, choice)
        if problems:
            return impossible(problems)
        now, change = replace(TrainingNow.of(proposed), name=EACH), proposed.change
        partner = self._delivery_partner(choice, proposed.contract_period)
        starts = when_it_starts(change, clock.today())
        return Effect(
            [
                f"From {now.provider} to {choice.name}.",
                *now.what_becomes(change),
                f"Training with {choice.name} starts on {starts}.",
                *who_confirms(EACH, choice.name, partner),
            ]
        )

    def do(self, choice: LeadProvider, ect: ECTAtSchoolPeriod, author: Author) -> None:
        """Change the lead provider."""
        seen = proposed_change_of_provider(ect).mark
        change_lead_provider(ect, choice, seen=seen, author=author)

    def _problems(self, proposed: ProposedChange, provider: LeadProvider) -> list[Problem]:
        problems = proposed.problems_with_provider(provider)
        if problems:
            return problems
        if proposed.contract_period is None:
            return [Problem("", "no_contract_period")]
        offered = self._lead_providers_in(proposed.contract_period)
        return [] if provider in offered else [Problem("", "not_active")]

    @cached_property
    def _periods(self) -> list[ContractPeriod]:
        return list(ContractPeriod.objects.all())

    def _proposed(self, ect: ECTAtSchoolPeriod) -> ProposedChange:
        return proposed_change_of_provider(ect, periods=self._periods)

    @cached_property
    def _lead_providers_in(self) -> Callable[[ContractPeriodChoice], list[LeadProvider]]:
        return cache(lead_providers_in)

    def _delivery_partner(
        self, provider: LeadProvider, period: ContractPeriodChoice | None
    ) -> str | None:
        """Return who works with the provider and the school in a period."""
        found = self._partnership(provider, period.year) if period else None
        return found.delivery_partner.name if found else None

    @cached_property
    def _partnership(self) -> Callable[[LeadProvider, int], SchoolPartnership | None]:
        return cache(
            lambda provider, year: earliest_partnership(
                self.school, lead_provider=provider, year=year
            )
        )


class ChangeLeadProvider(Change):
    """Change the lead provider of several ECTs."""

    name, field, label = "change-lead-provider", "lead_provider", "New lead provider"
    done = "You’ve changed the lead provider of {ects}"
    advice = ADVICE_ON_PROVIDERS
    plan = ProviderPlan

    def reasons(self, ects: Collection[ECTAtSchoolPeriod]) -> dict[int, str]:
        """Return whom no lead provider trains, and whose induction is over. Two queries."""
        trainings = defaultdict(list)
        for each in TrainingPeriod.objects.filter(ect_at_school_period__in=ects).only(*_WHEN):
            trainings[each.ect_at_school_period_id].append(each)
        found = {}
        for ect in ects:
            present = present_training(trainings[ect.pk], today=clock.today())
            if present is None or not present.is_provider_led:
                found[ect.pk] = REASONS["school_led" if present else "no_training"]
        return found | dict.fromkeys(whose_induction_is_over(ects), REASONS["induction_over"])
