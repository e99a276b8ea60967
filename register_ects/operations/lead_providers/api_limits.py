"""Grant a lead provider more, or fewer, requests than the others (spec 02 §2.9 Improve)."""

from register_ects.models import LeadProvider
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.problems import refuse


@operation
def set_api_request_limit(
    lead_provider: LeadProvider, *, limit: int | None, author: Author
) -> None:
    """Set how many requests a lead provider may make in five minutes; None for the usual number.

    For an agreed full sync, for example. Raises RuleBroken for a limit below 1.
    """
    if limit is not None and limit < 1:
        refuse("limit", "not_positive")
    lead_provider = LeadProvider.objects.select_for_update(no_key=True).get(pk=lead_provider.pk)
    before = lead_provider.api_request_limit
    if before == limit:
        return
    lead_provider.api_request_limit = limit
    lead_provider.save(update_fields=["api_request_limit"])
    record_event(
        "lead_provider_api_limit_changed",
        f"API request limit of {lead_provider.name} changed",
        author=author,
        about=[lead_provider],
        changes={"api_request_limit": (before, limit)},
    )
