"""Lead providers, delivery partners, appropriate bodies and hub areas (spec 01 §12.3, §12.4)."""

from datetime import date
from uuid import UUID

from django.conf import settings

from register_ects.models import (
    AppropriateBody,
    AppropriateBodyPeriod,
    DeliveryPartner,
    DfESignInOrganisation,
    GIASSchool,
    LeadProvider,
    Region,
    RegionDistrict,
)
from register_ects.reference_data.adding import add_missing
from register_ects.reference_data.files import is_true, optional_date, read_rows, stable_id

_BODIES = "reference/appropriate_bodies.csv"


def add_lead_providers() -> int:
    """Add the lead providers that are missing; return how many."""
    rows = [
        LeadProvider(name=row["name"], vat_registered=is_true(row["vat_registered"]))
        for row in read_rows("reference/lead_providers.csv")
    ]
    return len(add_missing(rows, ["name"]))


def add_delivery_partners() -> int:
    """Add the delivery partners that are missing; a renamed one is known by its id."""
    rows = [
        DeliveryPartner(api_id=stable_id("delivery_partner", row["name"]), name=row["name"])
        for row in read_rows("reference/delivery_partners.csv")
    ]
    return len(add_missing(rows, ["api_id"], ["name"]))


def add_appropriate_bodies() -> int:
    """Add the appropriate bodies that are missing, each with its designation; return how many."""
    files_rows = {stable_id("appropriate_body", row["name"]): row for row in read_rows(_BODIES)}
    added = add_missing(
        [
            AppropriateBody(api_id=api_id, name=row["name"], body_type=row["type"])
            for api_id, row in files_rows.items()
        ],
        ["api_id"],
        ["name"],
    )
    AppropriateBodyPeriod.objects.bulk_create(
        AppropriateBodyPeriod(
            appropriate_body=body,
            started_on=date.fromisoformat(files_rows[body.api_id]["designated_from"]),
            finished_on=optional_date(files_rows[body.api_id]["designated_until"]),
        )
        for body in added
    )
    return len(added)


def name_lead_schools() -> int:
    """Tell each hub's designation its lead school, once the register has that school.

    Fills gaps only; returns how many were filled.
    """
    urns = {
        stable_id("appropriate_body", row["name"]): int(row["lead_school_urn"])
        for row in read_rows(_BODIES)
        if row["lead_school_urn"]
    }
    held = set(GIASSchool.objects.filter(urn__in=urns.values()).values_list("urn", flat=True))
    without = AppropriateBodyPeriod.objects.filter(
        lead_school=None, appropriate_body__api_id__in=urns
    ).select_related("appropriate_body")
    filled = 0
    for period in without:
        urn = urns[period.appropriate_body.api_id]
        if urn in held:
            period.lead_school_id = urn
            period.save(update_fields=["lead_school", "updated_at"])
            filled += 1
    return filled


def add_demo_sign_in_organisations() -> int:
    """Give each designated body a sign-in organisation, so that it is active; never in production.

    There it becomes known when its people first sign in. An organisation has its lead school's
    name and URN; of several hubs with one lead school, only the first has.
    """
    if settings.PRODUCTION:
        return 0
    taken = set(DfESignInOrganisation.objects.values_list("urn", flat=True))
    organisations = {}
    for row in read_rows(_BODIES):
        if row["designated_until"]:
            continue
        urn = int(row["lead_school_urn"]) if row["lead_school_urn"] else None
        first_of_school = urn is not None and urn not in taken
        organisation_id = stable_id("dfe_sign_in_organisation", row["name"])
        organisations[stable_id("appropriate_body", row["name"])] = DfESignInOrganisation(
            uuid=organisation_id,
            urn=urn if first_of_school else None,
            name=row["lead_school_name"] if first_of_school else row["name"],
        )
        taken.add(urn)
    bodies = AppropriateBody.objects.filter(api_id__in=organisations, dfe_sign_in_organisation=None)
    added = 0
    for body in bodies:
        organisation = organisations[body.api_id]
        organisation.save()
        body.dfe_sign_in_organisation = organisation
        body.save(update_fields=["dfe_sign_in_organisation", "updated_at"])
        added += 1
    return added


def add_hub_areas() -> int:
    """Add the hub areas that are missing, with their districts; return how many areas."""
    hubs = _hub_of_each_area()
    bodies = {
        body.api_id: body for body in AppropriateBody.objects.filter(api_id__in=hubs.values())
    }
    rows = [
        Region(
            code=row["area_code"],
            name=row["region"],
            appropriate_body=bodies.get(hubs[row["area_code"]])
            if row["area_code"] in hubs
            else None,
        )
        for row in read_rows("reference/hub_areas.csv")
    ]
    added = {region.code: region for region in add_missing(rows, ["code"])}
    names = {
        (row["area_code"], row["gias_district_name"])
        for row in read_rows("reference/hub_area_districts.csv")
    }
    RegionDistrict.objects.bulk_create(
        RegionDistrict(region=added[code], name=name)
        for code, name in sorted(names)
        if code in added
    )
    return len(added)


def _hub_of_each_area() -> dict[str, UUID]:
    """Map an area's code to the id of the hub that serves it now."""
    return {
        code: stable_id("appropriate_body", row["name"])
        for row in read_rows(_BODIES)
        if not row["designated_until"]
        for code in row["hub_area_codes"].split(";")
    }
