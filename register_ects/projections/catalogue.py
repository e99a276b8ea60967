"""Every kind of resource that is stored as each provider is shown it, and how it is rendered."""

from collections.abc import Callable, Collection, Iterable

from register_ects.models import (
    Declaration,
    DeliveryPartner,
    MentorshipPeriod,
    SchoolPartnership,
    Statement,
    TrainingPeriod,
)
from register_ects.projections import (
    declarations,
    delivery_partners,
    participants,
    partnerships,
    statements,
    transfers,
    unfunded_mentors,
)
from register_ects.projections.shown import Shown
from register_ects.rules.enumerations import ResourceType

Renderer = Callable[[Collection[int]], list[Shown]]

RENDERERS: dict[ResourceType, Renderer] = {
    ResourceType.PARTICIPANT: participants.render,
    ResourceType.TRANSFER: transfers.render,
    ResourceType.UNFUNDED_MENTOR: unfunded_mentors.render,
    ResourceType.DECLARATION: declarations.render,
    ResourceType.PARTNERSHIP: partnerships.render,
    ResourceType.STATEMENT: statements.render,
    ResourceType.DELIVERY_PARTNER: delivery_partners.render,
}


def _people() -> Iterable[int]:
    return (
        TrainingPeriod.objects.order_by("teacher")
        .distinct("teacher")
        .values_list("teacher", flat=True)
    )


def _mentors() -> Iterable[int]:
    return (
        MentorshipPeriod.objects.order_by("mentor_teacher")
        .distinct("mentor_teacher")
        .values_list("mentor_teacher", flat=True)
    )


def every_record(resource_type: ResourceType) -> list[int]:
    """Return the keys of all records that some provider might be shown, in order."""
    match resource_type:
        case ResourceType.PARTICIPANT | ResourceType.TRANSFER:
            keys = _people()
        case ResourceType.UNFUNDED_MENTOR:
            keys = _mentors()
        case ResourceType.DECLARATION:
            keys = Declaration.objects.values_list("pk", flat=True)
        case ResourceType.PARTNERSHIP:
            keys = SchoolPartnership.objects.values_list("pk", flat=True)
        case ResourceType.STATEMENT:
            keys = Statement.objects.values_list("pk", flat=True)
        case ResourceType.DELIVERY_PARTNER:
            keys = DeliveryPartner.objects.values_list("pk", flat=True)
        case _:
            raise ValueError(f"{resource_type} is not stored for each provider")
    return sorted(keys)
