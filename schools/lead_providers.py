"""Which lead providers a school is offered, its own partners first (spec 05 §7.6 Improve)."""

from register_ects.models import School, SchoolPartnership
from register_ects.operations.training.plans import lead_providers_in
from register_ects.rules.contract_periods import ContractPeriodChoice
from register_ects.web.choice_fields import Choice


def lead_provider_choices(school: School, period: ContractPeriodChoice | None) -> list[Choice]:
    """Return the providers with a contract for a period, by name. Two queries.

    Those that the school has a partnership with come first, each with the delivery partner of
    the earliest. Empty when there is no period.
    """
    if period is None:
        return []
    partners = _delivery_partners(school, period.year)
    choices = [
        Choice(
            str(provider.pk),
            provider.name,
            hint=f"Works with your school and {partners[provider.pk]}"
            if provider.pk in partners
            else "",
        )
        for provider in lead_providers_in(period)
    ]
    return sorted(choices, key=lambda choice: not choice.hint)


def _delivery_partners(school: School, year: int) -> dict[int, str]:
    """Return the delivery partner's name of each provider's earliest partnership."""
    partnerships = SchoolPartnership.objects.filter(school=school, contract_period=year)
    latest_first = partnerships.order_by("-created_at", "-pk").values_list(
        "lead_provider", "lead_provider_delivery_partnership__delivery_partner__name"
    )
    return dict(latest_first)
