"""Load the reference data: safe to run at any time, before and after the schools register."""

from django.db import transaction

from register_ects.reference_data import funding_eligibility, funding_years, organisations


@transaction.atomic
def load_reference_data() -> dict[str, int]:
    """Add what is missing of the published reference data; return counts by what was added.

    Rows that are held stay as they are, for staff may have changed them; only uplifts follow
    their files, and what still stands as it was first published is corrected. Lead schools and
    uplifts need the schools register: run it again after an import. A second run changes
    nothing. Source: spec 01 §12.
    """
    added = {
        "Contract periods": funding_years.add_contract_periods(),
        "Schedules": funding_years.add_schedules(),
        "Milestones corrected": funding_years.correct_milestones(),
        "Lead providers": organisations.add_lead_providers(),
        "Delivery partners": organisations.add_delivery_partners(),
        "Appropriate bodies": organisations.add_appropriate_bodies(),
        "Appropriate bodies renamed": organisations.rename_appropriate_bodies(),
        "Lead schools of hubs": organisations.name_lead_schools(),
        "Sign-in organisations for the demo": organisations.add_demo_sign_in_organisations(),
        "Hub areas": organisations.add_hub_areas(),
    }
    uplifts, changed = funding_eligibility.load_funding_eligibility()
    return {**added, "Schools with an uplift": uplifts, "Uplifts changed": changed}
