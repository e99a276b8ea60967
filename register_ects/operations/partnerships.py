"""School partnerships: create one, and confirm the training that waited for it."""

from register_ects.models import (
    LeadProviderDeliveryPartnership,
    School,
    SchoolPartnership,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event


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
            training.ect_at_school_period,
            training.mentor_at_school_period,
            partnership,
            pairing.lead_provider,
            pairing.delivery_partner,
        ],
    )
