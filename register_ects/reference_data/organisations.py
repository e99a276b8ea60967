"""Lead providers, delivery partners, appropriate bodies and hub areas (spec 01 §12.3, §12.4)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings

from register_ects.models import (
    AppropriateBody,
    AppropriateBodyFormerName,
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
    files_rows = _bodies()
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
    _take_over_areas(added)
    return len(added)


def rename_appropriate_bodies() -> int:
    """Give held bodies the names they have now, and keep the former ones to be found by.

    A name that staff gave stays. Returns how many bodies were renamed.
    """
    files_rows = _bodies()
    held = AppropriateBody.objects.filter(api_id__in=files_rows)
    names_taken = {body.name.casefold() for body in held}
    renamed = 0
    former_names = []
    for body in held:
        row = files_rows[body.api_id]
        former = _listed(row["former_names"])
        known = {name.casefold() for name in former}
        if body.name.casefold() in known and row["name"].casefold() not in names_taken:
            body.name = row["name"]
            body.save(update_fields=["name", "updated_at"])
            renamed += 1
        former_names += [
            AppropriateBodyFormerName(appropriate_body=body, name=name)
            for name in former
            if name.casefold() != body.name.casefold()
        ]
    add_missing(former_names, ["appropriate_body_id", "name"])
    return renamed


def _bodies() -> dict[UUID, dict[str, str]]:
    """Return the rows of the bodies by id. An id is made of the first name it was loaded under."""
    return {
        stable_id("appropriate_body", row["id_name"] or row["name"]): row
        for row in read_rows(_BODIES)
    }


def _listed(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def _take_over_areas(bodies: Iterable[AppropriateBody]) -> None:
    """Let a body that is new have its areas from the one that served them before."""
    rows = _bodies()
    for body in bodies:
        codes = _listed(rows[body.api_id]["hub_area_codes"])
        for region in Region.objects.filter(code__in=codes):
            region.appropriate_body = body
            region.save(update_fields=["appropriate_body", "updated_at"])


def name_lead_schools() -> int:
    """Tell each hub's designation its lead school, once the register has that school.

    Fills gaps only; returns how many were filled.
    """
    urns = {
        api_id: int(row["lead_school_urn"])
        for api_id, row in _bodies().items()
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
    name and URN; several hubs with one lead school share it. Returns how many bodies got one.
    """
    if settings.PRODUCTION:
        return 0
    rows = {api_id: row for api_id, row in _bodies().items() if not row["designated_until"]}
    of_schools = {
        organisation.urn: organisation
        for organisation in DfESignInOrganisation.objects.exclude(urn=None)
    }
    bodies = AppropriateBody.objects.filter(api_id__in=rows, dfe_sign_in_organisation=None)
    added = 0
    for body in bodies:
        row = rows[body.api_id]
        urn = int(row["lead_school_urn"]) if row["lead_school_urn"] else None
        organisation = of_schools.get(urn)
        if organisation is None:
            organisation = DfESignInOrganisation.objects.create(
                uuid=stable_id("dfe_sign_in_organisation", row["id_name"] or row["name"]),
                urn=urn,
                name=row["lead_school_name"] if urn else row["name"],
            )
            if urn:
                of_schools[urn] = organisation
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
        code: api_id
        for api_id, row in _bodies().items()
        if not row["designated_until"]
        for code in _listed(row["hub_area_codes"])
    }
