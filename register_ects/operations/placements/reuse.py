"""Offer a school the choices of its last registration again (spec 05 §7.5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register_ects import clock
from register_ects.models import (
    ActiveLeadProvider,
    AppropriateBody,
    ContractPeriod,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    School,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.training.plans import (
    contract_period_for_ect,
    latest_ect_placement,
)
from register_ects.rules.contract_periods import ContractPeriodChoice
from register_ects.rules.enumerations import TrainingProgramme


class NotReusable(StrEnum):
    """Why what a school chose last cannot be chosen again."""

    NOTHING_CHOSEN = "nothing_chosen"
    BODY_NOT_ACTIVE = "body_not_active"
    NO_CONTRACT = "no_contract"
    NOT_AT_SCHOOL = "not_at_school"


@dataclass(frozen=True)
class ReusableChoices:
    """What the school chose last and may choose again.

    ``partnership`` is the one to keep or roll forward; None for school-led training or when only
    an expression of interest is reusable. ``confirmed`` says that it is of the contract period
    itself, so that the provider need not confirm again.
    """

    appropriate_body: AppropriateBody
    training_programme: str
    lead_provider: LeadProvider | None = None
    partnership: SchoolPartnership | None = None
    confirmed: bool = False


def reusable_choices(
    school: School, teacher: Teacher | None, *, start: date
) -> ReusableChoices | None:
    """Return the choices to offer for an ECT who starts on ``start``; None when not to ask."""
    found = last_choices(school, teacher, start=start)
    return None if isinstance(found, NotReusable) else found


def last_choices(
    school: School, teacher: Teacher | None, *, start: date
) -> ReusableChoices | NotReusable:
    """Return what the school chose last, for an ECT who starts on ``start``, or why not that."""
    body, programme = school.last_chosen_appropriate_body, school.last_chosen_training_programme
    if body is None:
        return NotReusable.NOTHING_CHOSEN
    if not AppropriateBody.objects.active(clock.today()).filter(pk=body.pk).exists():
        return NotReusable.BODY_NOT_ACTIVE
    if programme == TrainingProgramme.SCHOOL_LED:
        return ReusableChoices(body, programme)
    provider = school.last_chosen_lead_provider
    choice = contract_period_for_ect(teacher, start=start)
    if provider is None or choice is None:
        return NotReusable.NOTHING_CHOSEN
    contracts = ActiveLeadProvider.objects.filter(lead_provider=provider)
    if not contracts.filter(contract_period=choice.year).exists():
        return NotReusable.NO_CONTRACT
    partnership = _reusable_partnership(
        school, lead_provider=provider, year=choice.year, only_in_year=choice.reassigned
    )
    if partnership is None and not _interest_is_reusable(school, teacher, provider, choice):
        return NotReusable.NOT_AT_SCHOOL
    return ReusableChoices(
        appropriate_body=body,
        training_programme=TrainingProgramme.PROVIDER_LED,
        lead_provider=provider,
        partnership=partnership,
        confirmed=partnership is not None and partnership.contract_period_id == choice.year,
    )


def _interest_is_reusable(
    school: School,
    teacher: Teacher | None,
    provider: LeadProvider,
    choice: ContractPeriodChoice,
) -> bool:
    """Whether an earlier expression of interest carries over (spec 05 §7.5 b)."""
    last_day = ContractPeriod.objects.get(year=choice.year).finished_on
    interests = TrainingPeriod.objects.provider_led().filter(
        expression_of_interest__isnull=False, started_on__lte=last_day
    )
    of_school = interests.filter(school=school, expression_of_interest__lead_provider=provider)
    if not choice.reassigned:
        return of_school.exists()
    placement = latest_ect_placement(teacher) if teacher else None
    return (
        interests.filter(
            ect_at_school_period=placement, expression_of_interest__lead_provider=provider
        ).exists()
        if placement
        else False
    ) or of_school.filter(expression_of_interest__contract_period=choice.year).exists()


def _reusable_partnership(
    school: School, *, lead_provider: LeadProvider, year: int, only_in_year: bool
) -> SchoolPartnership | None:
    """Return the partnership whose pairing can serve ``year`` (spec 05 §7.5 a).

    Its delivery partner must be paired with the provider in ``year``. One in that year itself is
    preferred (newest), else the newest of the latest contract year, unless ``only_in_year``.
    """
    paired = LeadProviderDeliveryPartnership.objects.filter(
        lead_provider=lead_provider, contract_period=year
    ).values("delivery_partner")
    candidates = SchoolPartnership.objects.filter(
        school=school,
        lead_provider=lead_provider,
        lead_provider_delivery_partnership__delivery_partner__in=paired,
    ).select_related("lead_provider_delivery_partnership__delivery_partner")
    newest_first = candidates.order_by("-contract_period", "-created_at", "-pk")
    in_year = newest_first.filter(contract_period=year).first()
    return in_year if in_year or only_in_year else newest_first.first()
