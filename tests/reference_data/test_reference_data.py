"""The published reference data: what is loaded, and what loading it again mends."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count

from register_ects.models import (
    AppropriateBody,
    AppropriateBodyFormerName,
    AppropriateBodyPeriod,
    ContractPeriod,
    DeliveryPartner,
    DfESignInOrganisation,
    GIASSchool,
    LeadProvider,
    Milestone,
    Region,
    RegionDistrict,
    Schedule,
    SchoolFundingEligibility,
)
from register_ects.reference_data.files import read_rows
from register_ects.reference_data.loader import load_reference_data
from register_ects.rules.enumerations import AppropriateBodyType
from tests.factories import GIASSchoolFactory

TODAY = date(2026, 9, 1)
#: Schools that the files of uplifts know of.
URNS = (100000, 100006, 100171)

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(scope="module")
def loaded(one_transaction):
    """The reference data in a service that has a few schools."""
    for urn in URNS:
        GIASSchoolFactory(urn=urn)
    load_reference_data()


@pytest.mark.parametrize(
    ("year", "enabled", "frozen_on", "successor", "mentor_funding", "in_sequence", "uplifts"),
    [
        (2021, False, date(2024, 6, 18), 2024, False, False, True),
        (2022, False, date(2025, 6, 16), 2024, False, False, True),
        (2023, True, None, None, False, False, True),
        (2024, True, None, None, False, False, True),
        (2025, True, None, None, True, True, False),
        (2026, True, None, None, True, True, False),
    ],
)
def test_contract_periods(
    year, enabled, frozen_on, successor, mentor_funding, in_sequence, uplifts
):
    period = ContractPeriod.objects.get(year=year)
    assert (period.started_on, period.finished_on) == (date(year, 6, 1), date(year + 1, 5, 31))
    assert period.enabled is enabled
    assert period.successor_id == successor
    assert period.mentor_funding_enabled is mentor_funding
    assert period.detailed_evidence_types_enabled is mentor_funding
    assert period.declarations_in_sequence is in_sequence
    assert period.uplift_fees_enabled is uplifts
    if frozen_on:
        day_before = datetime(frozen_on.year, frozen_on.month, frozen_on.day - 1, 23, tzinfo=UTC)
        assert period.payments_frozen_at == day_before, "midnight in London, in summer"
    else:
        assert period.payments_frozen_at is None


def test_every_year_has_the_twelve_schedules_and_their_milestones():
    assert ContractPeriod.objects.count() == 6
    assert Schedule.objects.count() == 72
    assert Milestone.objects.count() == 486
    for schedule in Schedule.objects.all():
        expected = 9 if schedule.kind == "extended" else 6
        assert schedule.milestones.count() == expected, schedule


@pytest.mark.parametrize(
    ("year", "identifier", "declaration_type", "start", "last"),
    [
        (2021, "ecf-standard-april", "started", "2022-02-01", "2022-05-31"),
        (2021, "ecf-standard-january", "completed", "2023-05-01", "2023-09-30"),
        (2022, "ecf-standard-september", "started", "2022-06-01", "2022-12-31"),
        (2024, "ecf-standard-april", "completed", "2027-01-01", "2027-03-31"),
        (2025, "ecf-standard-september", "started", "2025-06-01", None),
        (2026, "ecf-standard-january", "completed", "2027-01-01", None),
        (2023, "ecf-extended-september", "extended-3", "2023-09-01", None),
        (2024, "ecf-replacement-april", "started", "2025-04-01", None),
        (2025, "ecf-reduced-september", "started", "2025-09-01", None),
        (2026, "ecf-extended-september", "extended-3", "2026-06-01", None),
        (2026, "ecf-reduced-september", "started", "2026-06-01", None),
        (2026, "ecf-replacement-september", "completed", "2026-06-01", None),
        (2026, "ecf-reduced-january", "started", "2027-01-01", None),
    ],
)
def test_milestones_are_the_services_own(year, identifier, declaration_type, start, last):
    milestone = Milestone.objects.get(
        schedule__contract_period=year,
        schedule__identifier=identifier,
        declaration_type=declaration_type,
    )
    assert milestone.start_date.isoformat() == start
    assert (milestone.milestone_date and milestone.milestone_date.isoformat()) == last


def test_held_milestones_follow_the_correction_of_2026_unless_staff_moved_them():
    wrong = Milestone.objects.filter(
        schedule__contract_period=2026,
        schedule__identifier__in=[
            "ecf-extended-september",
            "ecf-reduced-september",
            "ecf-replacement-september",
        ],
    )
    wrong.update(start_date=date(2026, 9, 1))
    moved = wrong.filter(declaration_type="retained-2")
    moved.update(start_date=date(2026, 8, 1))

    assert load_reference_data()["Milestones corrected"] == 18

    assert set(moved.values_list("start_date", flat=True)) == {date(2026, 8, 1)}
    others = wrong.exclude(declaration_type="retained-2")
    assert set(others.values_list("start_date", flat=True)) == {date(2026, 6, 1)}
    assert load_reference_data()["Milestones corrected"] == 0


def test_the_frozen_year_is_2024s_charge():
    assert {p.year for p in ContractPeriod.objects.filter(successor=2024)} == {2021, 2022}


def test_organisations():
    by_type = {
        kind: AppropriateBody.objects.filter(body_type=kind).count()
        for kind in AppropriateBodyType.values
    }
    assert by_type == {"local_authority": 123, "national": 3, "teaching_school_hub": 86}
    assert LeadProvider.objects.count() == 7
    assert set(
        LeadProvider.objects.filter(vat_registered=False).values_list("name", flat=True)
    ) == {
        "National Institute of Teaching",
        "Teach First",
    }
    assert DeliveryPartner.objects.count() == 82


def test_current_hubs_and_national_bodies_are_active_and_others_are_not():
    active = AppropriateBody.objects.active(TODAY)
    assert active.teaching_school_hubs().count() == 84
    assert set(active.national().values_list("name", flat=True)) == {
        AppropriateBody.ISTIP,
        "Educational Success Partners (ESP)",
    }
    assert not active.filter(body_type=AppropriateBodyType.LOCAL_AUTHORITY).exists()


def test_local_authorities_were_designated_until_august_2024():
    last_days = AppropriateBodyPeriod.objects.filter(
        appropriate_body__body_type=AppropriateBodyType.LOCAL_AUTHORITY
    ).values_list("finished_on", flat=True)
    assert set(last_days) == {date(2024, 8, 31)}


def test_a_hub_learns_its_lead_school_when_the_register_has_it():
    hub = AppropriateBodyPeriod.objects.get(appropriate_body__name__startswith="Alban Teaching")
    assert hub.lead_school is None
    school = GIASSchoolFactory(urn=136609)

    assert load_reference_data()["Lead schools of hubs"] == 1

    hub.refresh_from_db()
    assert hub.lead_school == school


def test_four_lead_schools_stand_for_several_bodies_and_share_one_organisation():
    shared = DfESignInOrganisation.objects.exclude(urn=None).annotate(
        bodies=Count("appropriate_bodies")
    )
    several = dict(shared.filter(bodies__gt=1).values_list("urn", "bodies"))
    assert several == {137289: 2, 137482: 2, 135959: 2, 140959: 3}
    assert AppropriateBody.objects.signing_in(TODAY, urn=140959).count() == 3


# -- Names of hubs ------------------------------------------------------------------------------


def test_hubs_have_their_names_of_today_and_are_found_by_former_ones():
    for row in read_rows("reference/teaching_school_hub_current_names.csv"):
        known = " ".join(row["name_in_appropriate_bodies_csv"].split())
        found = AppropriateBody.objects.called(known)
        assert found.exists(), known
        served = set(found.values_list("regions__code", flat=True)) - {None}
        assert served <= set(row["hub_areas"].split(";")), known
        if "Panel" not in known:
            assert AppropriateBody.objects.filter(name=row["current_name"]).count() == 1
    former = AppropriateBody.objects.called("balcarras TEACHING school hub")
    assert former.get().name == "Balcarras"


def test_hisp_is_two_hubs_each_with_its_area_and_school():
    hubs = AppropriateBody.objects.filter(name__startswith="HISP")
    assert set(hubs.values_list("name", "regions__code", "dfe_sign_in_organisation__urn")) == {
        ("HISP Teaching School Hub (Portswood Primary)", "SE7", 138626),
        ("HISP Teaching School Hub (Thornden School)", "SE3", 136715),
    }
    assert AppropriateBody.objects.called("HISP Teaching School Hub").count() == 2


def as_loaded_before():
    """Give the bodies the names, and HISP the areas, of before there were former names."""
    AppropriateBodyFormerName.objects.all().delete()
    hub = AppropriateBody.objects.get(name="HISP Teaching School Hub (Thornden School)")
    portswood = AppropriateBody.objects.get(name__startswith="HISP Teaching School Hub (Portswood")
    Region.objects.filter(code="SE3").update(appropriate_body=portswood)
    hub.designations.all().delete()
    hub.delete()
    portswood.name = "HISP Teaching School Hub (Portswood Primary School / Thornden School)"
    portswood.save()
    AppropriateBody.objects.filter(name="Potentia TSH").update(
        name="Potentia Teaching School Hub (Morley Primary School)"
    )
    AppropriateBody.objects.filter(name="STEP").update(name="Named by staff")
    return portswood


def test_held_bodies_are_renamed_and_split_unless_staff_named_them():
    portswood = as_loaded_before()

    counts = load_reference_data()

    assert (counts["Appropriate bodies renamed"], counts["Appropriate bodies"]) == (2, 1)
    portswood.refresh_from_db()
    assert portswood.name == "HISP Teaching School Hub (Portswood Primary)"
    assert Region.objects.get(code="SE7").appropriate_body == portswood
    assert Region.objects.get(code="SE3").appropriate_body.name.endswith("(Thornden School)")
    assert AppropriateBody.objects.called("STEP (The Priory School)").get().name == "Named by staff"
    assert AppropriateBody.objects.filter(name="Potentia TSH").exists()
    again = load_reference_data()
    assert again["Appropriate bodies renamed"] == again["Appropriate bodies"] == 0


def test_hub_areas_know_their_districts_and_hub():
    assert Region.objects.count() == 87
    assert RegionDistrict.objects.count() == 301
    assert not Region.objects.filter(appropriate_body=None).exists()
    manchester = Region.objects.get(districts__name="Manchester")
    assert (manchester.code, manchester.name) == ("NW7", "North West")
    assert manchester.appropriate_body.name.startswith("Bright Futures")
    assert Region.objects.filter(districts__name="Birmingham").count() == 2
    assert Region.objects.get(code="EE2").appropriate_body.name.startswith("Unity")


def test_what_staff_changed_stays_changed():
    ContractPeriod.objects.filter(year=2023).update(enabled=False)
    DeliveryPartner.objects.filter(name="Saffron Teaching School Hub").update(name="Crocus Hub")

    load_reference_data()

    assert not ContractPeriod.objects.get(year=2023).enabled
    assert DeliveryPartner.objects.count() == 82
    assert DeliveryPartner.objects.filter(name="Crocus Hub").exists()


@pytest.mark.parametrize(
    ("urn", "year", "expected"),
    [
        pytest.param(100006, 2023, (True, False), id="pupil premium, published"),
        pytest.param(100006, 2021, (True, False), id="pupil premium, 81% in 2021"),
        pytest.param(100006, 2022, (True, False), id="2022 follows the figures of 2021"),
        pytest.param(100000, 2021, None, id="15% in 2021"),
        pytest.param(100000, 2023, None, id="neither"),
        pytest.param(100171, 2021, (True, False), id="560 of 1,338, with a thousands comma"),
        pytest.param(100006, 2025, None, id="no uplifts from 2025"),
    ],
)
def test_uplifts_of_a_school(urn, year, expected):
    found = SchoolFundingEligibility.objects.filter(
        gias_school=urn, contract_period=year
    ).values_list("pupil_premium_uplift", "sparsity_uplift")
    assert list(found) == ([expected] if expected else [])


def test_an_uplift_that_the_files_do_not_know_is_taken_back():
    school = GIASSchool.objects.get(urn=100000)
    SchoolFundingEligibility.objects.create(
        gias_school=school, contract_period_id=2023, sparsity_uplift=True
    )

    assert load_reference_data()["Uplifts changed"] == 1

    found = SchoolFundingEligibility.objects.get(gias_school=school, contract_period=2023)
    assert not found.sparsity_uplift
