"""What the answers given so far mean: the person, their earlier records, what may be offered.

A thin reading of a draft's answers; every rule it asks lives in ``register_ects``.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import (
    AppropriateBody,
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProvider,
    SchoolPartnership,
)
from register_ects.operations.placements.registration import ECTRegistration
from register_ects.operations.placements.reuse import (
    NotReusable,
    ReusableChoices,
    last_choices,
)
from register_ects.operations.training.plans import (
    contract_period_for_ect,
    earliest_partnership,
    latest_ect_placement,
    lead_providers_in,
)
from register_ects.rules.contract_periods import ContractPeriodChoice
from register_ects.rules.enumerations import TrainingProgramme, WorkingPattern
from register_ects.web.school_addresses import reverse
from schools.bodies import chosen_body
from schools.queries.loading import trainings_in
from schools.queries.training import Training, training_of
from schools.registering.answers import PersonAnswers

_WHY_NOT_REUSED = {
    NotReusable.BODY_NOT_ACTIVE: "{body}, the appropriate body that your school chose last, can no "
    "longer be chosen.",
    NotReusable.NO_CONTRACT: "{provider}, the lead provider that your school chose last, has no "
    "contract for the training that {name} would join.",
    NotReusable.NOT_AT_SCHOOL: "{provider}, the lead provider that your school chose last, has not "
    "confirmed that they work with your school for the training that {name} would join.",
}


@dataclass(frozen=True)
class EarlierPlacement:
    """What a school may know of an ECT's earlier time, once it has shown who it means.

    ``address`` is the placement's page when it was at this school. ``is_over`` and ``is_ahead``
    are by today's date; ``may_end_sooner`` says that a last day is known and has not passed.
    """

    school_name: str
    address: str | None
    started_on: date
    is_over: bool
    is_ahead: bool
    may_end_sooner: bool
    working_pattern: str | None
    induction_started_on: date | None
    appropriate_body: str | None
    training: Training | None

    @property
    def working_pattern_name(self) -> str:
        """Return whether they worked full time or part time, empty where that is not known."""
        return str(WorkingPattern(self.working_pattern).label) if self.working_pattern else ""


class ECTAnswers(PersonAnswers):
    """The answers of one draft, read for one school."""

    @property
    def started_on(self) -> date:
        """Return the first day at the school."""
        day: date = self.given["started_on"]
        return day

    @cached_property
    def contract_period(self) -> ContractPeriodChoice | None:
        """Return the contract period the registration would go into."""
        return contract_period_for_ect(self.teacher, start=self.started_on)

    @cached_property
    def last_choices(self) -> ReusableChoices | NotReusable:
        """Return the school's last choices, or why they may not be offered for this ECT."""
        return last_choices(self.school, self.teacher, start=self.started_on)

    @property
    def reusable(self) -> ReusableChoices | None:
        """Return the school's last choices if they may be offered for this ECT."""
        return self.last_choices if isinstance(self.last_choices, ReusableChoices) else None

    @property
    def why_not_reused(self) -> str:
        """Return why the school's last choices are not offered, in a sentence; empty if they are.

        Or if it has chosen nothing yet.
        """
        why = self.last_choices
        if isinstance(why, ReusableChoices) or why is NotReusable.NOTHING_CHOSEN:
            return ""
        body, provider = (
            str(last)
            for last in (
                self.school.last_chosen_appropriate_body,
                self.school.last_chosen_lead_provider,
            )
        )
        return _WHY_NOT_REUSED[why].format(body=body, provider=provider, name=self.name)

    @property
    def since_when_not_reused(self) -> str:
        """Return since when they are not, in a sentence; empty where no day tells."""
        body, provider = (
            self.school.last_chosen_appropriate_body,
            self.school.last_chosen_lead_provider,
        )
        ended: QuerySet[Any]
        if body and self.last_choices is NotReusable.BODY_NOT_ACTIVE:
            ended = body.designations.all()
            told = "Its last day as an appropriate body was {day}."
        elif provider and self.last_choices is NotReusable.NO_CONTRACT:
            ended = ContractPeriod.objects.filter(active_lead_providers__lead_provider=provider)
            told = "Its last contract was for training that began by {day}."
        else:
            return ""
        last_day = ended.aggregate(last=Max("finished_on"))["last"]
        is_open = ended.filter(finished_on__isnull=True).exists()
        if last_day is None or last_day >= clock.today() or is_open:
            return ""
        return told.format(day=govuk_date(last_day))

    @property
    def offered_choices(self) -> dict[str, Any] | None:
        """Return ``reusable`` as answers of the page that asks, and the partnership with them."""
        offer = self.reusable
        if offer is None:
            return None
        is_national = offer.appropriate_body.name == AppropriateBody.ISTIP
        hub = None if is_national else str(offer.appropriate_body.pk)
        body = {"body_kind": "national" if is_national else "hub", "hub": hub}
        return {
            **(body if self.given["independent"] else {"appropriate_body": hub}),
            "training_programme": str(offer.training_programme),
            "lead_provider": str(offer.lead_provider.pk) if offer.lead_provider else None,
            "partnership": offer.partnership.pk if offer.partnership else None,
        }

    @cached_property
    def reused(self) -> SchoolPartnership | None:
        """Return the partnership that comes with the choices taken over, if one does.

        As it was when they were taken over: a colleague may have registered somebody else since.
        """
        kept = self.given.get("reused")
        if not kept:
            return None
        return (
            SchoolPartnership.objects.select_related(
                "lead_provider", "lead_provider_delivery_partnership__delivery_partner"
            )
            .filter(pk=kept["partnership"])
            .first()
        )

    @cached_property
    def lead_providers(self) -> list[LeadProvider]:
        """Return the providers with a contract for the contract period, by name."""
        return lead_providers_in(self.contract_period)

    @property
    def leaves_frozen_period(self) -> bool:
        """Return whether provider-led training moves to another contract period than before."""
        choice = self.contract_period
        return self.lead_provider is not None and choice is not None and choice.reassigned

    def partnership_with(self, provider: LeadProvider) -> SchoolPartnership | None:
        """Return the partnership that would confirm training with a provider."""
        choice = self.contract_period
        if choice is None:
            return None
        return earliest_partnership(self.school, lead_provider=provider, year=choice.year)

    @property
    def appropriate_body(self) -> AppropriateBody | None:
        """Return the body chosen or taken over, if it may still be chosen."""
        return chosen_body(self.given, with_national=self.given["independent"])

    @property
    def training_programme(self) -> str | None:
        """Return the programme chosen or taken over."""
        return self.given.get("training_programme")

    @property
    def lead_provider(self) -> LeadProvider | None:
        """Return the provider chosen or taken over; None when school-led."""
        if self.training_programme != TrainingProgramme.PROVIDER_LED:
            return None
        key = self.given.get("lead_provider")
        return next((p for p in self.lead_providers if str(p.pk) == key), None)

    @property
    def delivery_partner_text(self) -> str:
        """Return the delivery partner that the registration will have, if any is known."""
        return self.delivery_partner or "The lead provider will confirm this"

    @property
    def delivery_partner(self) -> str | None:
        """Return the delivery partner's name once a partnership confirms training, or will."""
        return self._delivery_partner_name(self.lead_provider, otherwise=self.reused)

    def _delivery_partner_name(
        self, provider: LeadProvider | None, *, otherwise: SchoolPartnership | None
    ) -> str | None:
        """Return the partner of the partnership that training would use, or roll forward."""
        partnership = (self.partnership_with(provider) if provider else None) or otherwise
        if partnership is None:
            return None
        return partnership.delivery_partner.name

    @cached_property
    def earlier_placement(self) -> EarlierPlacement | None:
        """Return what to show of the person's latest earlier placement (spec 05 §7.1)."""
        placement = latest_ect_placement(self.teacher) if self.teacher else None
        if self.teacher is None or placement is None:
            return None
        inductions = self.teacher.induction_periods.select_related("appropriate_body")
        today = clock.today()
        first, last = inductions.earliest_first().first(), inductions.latest_first().first()
        is_here = placement.school_id == self.school.pk
        return EarlierPlacement(
            school_name=placement.school.name,
            address=reverse("schools:ect", args=[placement.pk]) if is_here else None,
            started_on=placement.started_on,
            is_over=not placement.is_current_or_future(today),
            is_ahead=placement.started_on > today,
            may_end_sooner=not placement.is_open,
            working_pattern=placement.working_pattern,
            induction_started_on=first.started_on if first else None,
            appropriate_body=last.appropriate_body.name if last else None,
            training=_training_at(placement),
        )

    def registration(self) -> ECTRegistration:
        """Return everything for the operation; raises KeyError when an answer is missing."""
        body = self.appropriate_body
        programme = self.training_programme
        if body is None or programme is None:
            raise KeyError("appropriate_body or training_programme")
        return ECTRegistration(
            record=self.record,
            corrected_name=self.given.get("corrected_name"),
            name_seen=self.given.get("seen") or None,
            email=self.given["email"],
            started_on=self.started_on,
            working_pattern=self.given["working_pattern"],
            appropriate_body=body,
            training_programme=programme,
            lead_provider=self.lead_provider,
            reused=self.reused,
        )


def _training_at(placement: ECTAtSchoolPeriod) -> Training | None:
    latest = placement.training_periods.latest_first()[:1]
    return next(map(training_of, trainings_in(latest)), None)
