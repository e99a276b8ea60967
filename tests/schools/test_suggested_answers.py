"""Answers that our records make likely are selected, and nobody's own choice is (spec 05 §20.1)."""

from datetime import date

import pytest

from register_ects.models import ECTAtSchoolPeriod, GIASSchool
from register_ects.models.appropriate_bodies import Region, RegionDistrict
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import TRN, address, answers_for, change_answers, filled, walk

pytestmark = pytest.mark.usefixtures("trs")

SUGGESTED = "selected what our records suggest"


def hub_of_the_area(world, body, code="OAK1"):
    GIASSchool.objects.filter(pk=world.oak.gias_school_id).update(
        administrative_district_name="Oakshire"
    )
    region = Region.objects.create(code=code, appropriate_body=body)
    RegionDistrict.objects.create(region=region, name="Oakshire")


def partner(world, name):
    """A lead provider that works with Oak in 2026."""
    provider = LeadProviderFactory(name=name)
    SchoolPartnershipFactory(school=world.oak, lead_provider=provider, year=2026)
    return provider


def earlier_time(world, **changes):
    return ECTAtSchoolPeriodFactory(
        school=world.elm,
        teacher__trn=TRN,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 7, 20),
        **changes,
    )


def test_the_only_hub_of_the_area_is_selected_and_shown_on_the_check_page(world, oak):
    hub_of_the_area(world, world.hub)

    page = walk(oak, answers_for(world), to="training")

    assert filled(page)["appropriate_body"] == str(world.hub.pk)
    assert SUGGESTED in page.text
    check = oak.submit(page, {**answers_for(world)["training"], **filled(page)}).follow()
    (row,) = [r for r in check.select(".govuk-summary-list__row") if "Appropriate body" in r.text]
    assert "Hub A" in row.text
    assert row.select_one("a")["href"].split("#")[0].endswith("/training?change=yes")


def test_of_two_hubs_of_the_area_none_is_selected(world, oak):
    hub_of_the_area(world, world.hub)
    hub_of_the_area(world, AppropriateBodyFactory(active=True), code="OAK2")

    page = walk(oak, answers_for(world), to="training")

    assert not filled(page).get("appropriate_body")
    assert SUGGESTED not in page.text


def test_an_independent_school_still_says_whether_it_wants_the_hub_of_its_area(world, oak):
    hub_of_the_area(world, world.hub)
    GIASSchool.objects.filter(pk=world.oak.gias_school_id).update(
        type_name="Other independent school", section_41_approved=True
    )

    page = walk(oak, answers_for(world), to="training")

    assert filled(page)["hub"] == str(world.hub.pk)
    assert "body_kind" not in filled(page)


@pytest.mark.parametrize(
    ("partners", "is_selected"), [(["Elder"], True), (["Elder", "Fir"], False)]
)
def test_the_only_lead_provider_that_works_with_the_school_is_selected(
    world, oak, partners, is_selected
):
    providers = [str(partner(world, name).pk) for name in partners]

    page = walk(oak, answers_for(world), to="training")

    assert filled(page).get("lead_provider") == (providers[0] if is_selected else None)
    assert "training_programme" not in filled(page)


@pytest.mark.parametrize("pattern", ["full_time", "part_time", None])
def test_the_earlier_working_pattern_is_shown_and_selected(world, oak, pattern):
    earlier_time(world, working_pattern=pattern)

    page = walk(oak, answers_for(world), to="review-ect-details")

    assert filled(page).get("working_pattern") == pattern
    assert (SUGGESTED in page.text) == bool(pattern)
    assert ("Working pattern" in page.select("dl")[-1].text) == bool(pattern)


def test_the_earlier_programme_is_selected(world, oak):
    placement = earlier_time(world)
    TrainingPeriodFactory(ect_at_school_period=placement, school_led=True, finished=True)

    page = walk(oak, answers_for(world), to="training")

    assert filled(page)["training_programme"] == "school_led"


def test_own_choices_are_never_replaced(world, oak):
    other = AppropriateBodyFactory(active=True, name="Hub B")
    hub_of_the_area(world, other)
    partner(world, "Elder")
    earlier_time(world, working_pattern="part_time")
    check = walk(oak, answers_for(world), to="check-answers")

    opened = {
        slug: oak.get(f"{address(check, slug)}?change=yes")
        for slug in ("review-ect-details", "training")
    }

    assert filled(opened["review-ect-details"])["working_pattern"] == "full_time"
    assert filled(opened["training"])["appropriate_body"] == str(world.hub.pk)
    assert filled(opened["training"])["lead_provider"] == str(world.larch.pk)
    assert not any(SUGGESTED in page.text for page in opened.values())
    changed = change_answers(oak, check, "review-ect-details", {"email": "z@oak.example.com"})
    oak.submit(changed.follow())
    placement = ECTAtSchoolPeriod.objects.get(school=world.oak)
    assert placement.working_pattern == "full_time"
    assert placement.school_reported_appropriate_body == world.hub


def test_what_trs_says_of_the_induction_is_shown_and_not_asked(world, oak):
    page = walk(oak, answers_for(world), to="review-ect-details")

    shown = {dt.text.strip(): dt.find_next("dd").text.strip() for dt in page.select("dt")}
    assert shown["Induction status"] == "Required to complete"
    assert shown["Induction start date"] == "None recorded"
    assert {"QTS awarded", "Initial teacher training provider"} <= shown.keys()
