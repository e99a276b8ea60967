"""School partnerships: create one, correct its delivery partner, confirm who waited for it.

What a lead provider may do: rules/partnerships.py. What a school or DfE may do is not asked here.
"""

from dataclasses import dataclass
from typing import cast

from register_ects import clock
from register_ects.models import (
    ContractPeriod,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    School,
    SchoolPartnership,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import tell_induction_tutor
from register_ects.projections.school_facts import programme_chosen
from register_ects.rules import partnerships as rules
from register_ects.rules.contract_periods import academic_years
from register_ects.rules.enumerations import EmailTemplate
from register_ects.rules.identifiers import uuid_text
from register_ects.rules.partnerships import Proposal, ProposedPartner, ProposedSchool
from register_ects.rules.problems import refuse_if


@operation
def create_partnership(
    school: School,
    pairing: LeadProviderDeliveryPartnership,
    *,
    author: Author,
    reused_from: SchoolPartnership | None = None,
) -> SchoolPartnership:
    """Create a school's partnership and confirm every waiting expression of interest.

    Every training period at the school without a partnership that names the same lead provider
    and contract period is linked; its expression of interest stays. ``reused_from`` is the older
    partnership that was rolled forward. Raises RuleBroken when it exists already.
    Source: spec 01 §7, spec 05 §7.5.
    """
    lock_partnerships_of(school)
    partnership = SchoolPartnership.objects.create(
        school=school, lead_provider_delivery_partnership=pairing
    )
    provider, partner = pairing.lead_provider, pairing.delivery_partner
    record_event(
        "school_partnership_created",
        f"{school.name} partnered with {partner.name} through {provider.name}"
        f" for {pairing.contract_period_id}",
        author=author,
        about=[school, partnership, provider, partner],
        metadata={"contract_period_year": pairing.contract_period_id},
    )
    if reused_from is not None:
        record_event(
            "school_partnership_reused",
            f"{school.name} kept its partnership with {partner.name} through {provider.name}"
            f" for {pairing.contract_period_id}",
            author=author,
            about=[school, partnership, provider, partner],
            metadata={
                "previous_partnership_id": reused_from.pk,
                "contract_period_year": pairing.contract_period_id,
            },
        )
    _confirm_waiting_training(partnership, author)
    return partnership


@operation
def propose_partnership(
    lead_provider: LeadProvider, proposal: Proposal, *, author: Author
) -> SchoolPartnership:
    """Create the partnership that a lead provider proposes, and return it.

    A provider has at most one with a school in a contract year this way, whoever asks at the
    same time; DfE may add another. Raises RuleBroken with the problems of rules/partnerships.py.
    Source: spec 02 §2.16.3, spec 03 §11.1.
    """
    school = _school_named(proposal.school_id)
    if school is not None:
        lock_partnerships_of(school)
    proposed = _Proposed.gather(lead_provider, school, proposal)
    refuse_if(
        rules.problems_with_creating(
            proposal,
            period=proposed.period,
            school=proposed.as_school(lead_provider),
            partner=_as_partner(proposed.partner, proposed.pairing),
            today=clock.today(),
        )
    )
    pairing = cast("LeadProviderDeliveryPartnership", proposed.pairing)
    partnership = create_partnership(cast("School", school), pairing, author=author)
    tell_induction_tutor(
        partnership.school,
        EmailTemplate.PARTNERSHIP_CONFIRMED,
        lead_provider_name=lead_provider.name,
        delivery_partner_name=pairing.delivery_partner.name,
        academic_years=academic_years(pairing.contract_period.started_on),
    )
    return partnership


@operation
def correct_delivery_partner(
    partnership_id: int, delivery_partner_id: str | None, *, author: Author
) -> SchoolPartnership:
    """Give a partnership another delivery partner, in place of one entered by mistake.

    ``delivery_partner_id`` is a public id as it was sent. All training of the partnership then
    shows the new partner; declarations keep the one they were made with. The partner that it has
    already changes and records nothing. Whether the contract year is closed does not matter.
    Raises RuleBroken with the problems of rules/partnerships.py. Source: spec 03 §11.2, spec 00.
    """
    partnership = _locked(partnership_id)
    before = partnership.lead_provider_delivery_partnership
    partner = _partner_named(delivery_partner_id)
    pairing = _pairing(before.lead_provider, before.contract_period_id, partner)
    if pairing == before:
        return partnership
    same_school = SchoolPartnership.objects.filter(school=partnership.school)
    refuse_if(
        rules.problems_with_updating(
            delivery_partner_id,
            partner=_as_partner(partner, pairing),
            has_another=pairing is not None
            and same_school.filter(lead_provider_delivery_partnership=pairing).exists(),
        )
    )
    partnership.lead_provider_delivery_partnership = cast(
        "LeadProviderDeliveryPartnership", pairing
    )
    partnership.save(update_fields=["lead_provider_delivery_partnership", "updated_at"])
    _record_correction(partnership, before.delivery_partner, author)
    return partnership


def lock_partnerships_of(school: School) -> None:
    """Let one transaction at a time decide which partnerships a school has.

    Two requests would each find none and both create one; or training would be registered as
    waiting while the partnership that confirms it is being created.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def _confirm_waiting_training(partnership: SchoolPartnership, author: Author) -> None:
    waiting = (
        TrainingPeriod.objects.filter(
            school=partnership.school_id,
            school_partnership=None,
            expression_of_interest__lead_provider=partnership.lead_provider_id,
            expression_of_interest__contract_period=partnership.contract_period_id,
        )
        .select_related("teacher", "schedule", "ect_at_school_period", "mentor_at_school_period")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for training in waiting:
        training.school_partnership = partnership
        training.save()
        record_assignment(training, partnership, author)


def record_assignment(
    training: TrainingPeriod, partnership: SchoolPartnership, author: Author
) -> None:
    """Record that a partnership now confirms a training period."""
    pairing = partnership.lead_provider_delivery_partnership
    record_event(
        "training_period_assigned_to_school_partnership",
        f"{training.teacher.name}'s training was confirmed with {pairing.lead_provider.name}"
        f" and {pairing.delivery_partner.name}",
        author=author,
        about=[
            training.teacher,
            partnership.school,
            training,
            training.placement,
            partnership,
            pairing.lead_provider,
            pairing.delivery_partner,
        ],
    )


@dataclass(frozen=True)
class _Proposed:
    """What was found of a proposal, under lock."""

    period: ContractPeriod | None
    school: School | None
    partner: DeliveryPartner | None
    pairing: LeadProviderDeliveryPartnership | None

    @classmethod
    def gather(
        cls, lead_provider: LeadProvider, school: School | None, proposal: Proposal
    ) -> "_Proposed":
        """Look up the contract year, the delivery partner and their agreement."""
        year = rules.year_of(proposal.cohort)
        period = ContractPeriod.objects.filter(year=year).first() if year else None
        partner = _partner_named(proposal.delivery_partner_id)
        pairing = _pairing(lead_provider, period.year, partner) if period else None
        return cls(period, school, partner, pairing)

    def as_school(self, lead_provider: LeadProvider) -> ProposedSchool | None:
        """Return the school in the words of the rules."""
        if self.school is None:
            return None
        if self.period is None:
            return ProposedSchool(self.school.is_eligible)
        return ProposedSchool(
            is_eligible=self.school.is_eligible,
            has_partnership=SchoolPartnership.objects.filter(
                school=self.school, lead_provider=lead_provider, contract_period=self.period
            ).exists(),
            programme_choice=programme_chosen(self.school.pk, self.period.year),
        )


def _as_partner(
    partner: DeliveryPartner | None, pairing: LeadProviderDeliveryPartnership | None
) -> ProposedPartner | None:
    return ProposedPartner(has_agreement=pairing is not None) if partner else None


def _school_named(api_id: str | None) -> School | None:
    known = uuid_text(api_id)
    schools = School.objects.with_register_record()
    return schools.filter(api_id=known).first() if known else None


def _partner_named(api_id: str | None) -> DeliveryPartner | None:
    known = uuid_text(api_id)
    return DeliveryPartner.objects.filter(api_id=known).first() if known else None


def _pairing(
    lead_provider: LeadProvider, year: int, partner: DeliveryPartner | None
) -> LeadProviderDeliveryPartnership | None:
    """Return the provider's agreement with a delivery partner for a contract year."""
    if partner is None:
        return None
    return (
        LeadProviderDeliveryPartnership.objects.filter(
            lead_provider=lead_provider, contract_period=year, delivery_partner=partner
        )
        .select_related("lead_provider", "delivery_partner")
        .first()
    )


def _locked(partnership_id: int) -> SchoolPartnership:
    """Return a partnership whose school's partnerships nobody else changes meanwhile."""
    partnerships = SchoolPartnership.objects.select_related("school__gias_school")
    lock_partnerships_of(partnerships.get(pk=partnership_id).school)
    return partnerships.select_related(
        "lead_provider_delivery_partnership__lead_provider",
        "lead_provider_delivery_partnership__delivery_partner",
    ).get(pk=partnership_id)


def _record_correction(
    partnership: SchoolPartnership, before: DeliveryPartner, author: Author
) -> None:
    pairing = partnership.lead_provider_delivery_partnership
    partner, provider = pairing.delivery_partner, pairing.lead_provider
    record_event(
        "school_partnership_updated",
        f"{partnership.school.name}'s partnership with {provider.name}"
        f" for {pairing.contract_period_id} was moved from {before.name} to {partner.name}",
        author=author,
        about=[partnership.school, partnership, provider, partner],
        changes={"delivery_partner": (before.name, partner.name)},
        metadata={
            "previous_delivery_partner_id": before.pk,
            "contract_period_year": pairing.contract_period_id,
        },
    )
