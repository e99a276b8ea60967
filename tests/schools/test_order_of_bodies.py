"""Wherever a school chooses an appropriate body they stand by name, local hubs first (§19.12)."""

import pytest

from register_ects.models import GIASSchool
from register_ects.models.appropriate_bodies import Region, RegionDistrict
from tests.factories import AppropriateBodyFactory, ECTAtSchoolPeriodFactory
from tests.schools.ect_journey import answers_for, walk

pytestmark = pytest.mark.usefixtures("trs")

NAMES = ["Aardvark Hub", "Élan Hub", "Hub A", "hub of the Moors", "Zebra Hub"]


@pytest.fixture
def bodies(world):
    """Active hubs, made in no order; Zebra Hub serves Oak's district."""
    made = {
        name: AppropriateBodyFactory(active=True, name=name)
        for name in reversed(NAMES)
        if name != "Hub A"
    }
    GIASSchool.objects.filter(pk=world.oak.gias_school_id).update(
        administrative_district_name="Oakshire"
    )
    region = Region.objects.create(code="OAK1", appropriate_body=made["Zebra Hub"])
    RegionDistrict.objects.create(region=region, name="Oakshire")
    return made


def offered(page):
    """Which bodies a page offers."""
    (select,) = page.select("main select[name=appropriate_body]")
    return [option.text.strip() for option in select.select("option") if option["value"]]


def pages(world, oak):
    ect = ECTAtSchoolPeriodFactory(school=world.oak, school_reported_appropriate_body=world.hub)
    yield walk(oak, answers_for(world), to="training")
    yield oak.get("/school/register-several/by-hand")
    yield oak.get("/school/register-several/upload")
    yield oak.get(f"/school/ects/{ect.pk}/change-appropriate-body/edit")


def test_every_page_lists_all_hubs_by_name_after_those_of_the_area(world, oak, bodies):
    by_name = ["Zebra Hub", *NAMES[:-1]]

    found = [offered(page) for page in pages(world, oak)]

    for shown in found:
        assert [name for name in shown if name in NAMES] == [
            name for name in by_name if name in shown
        ]
    assert found[0] == by_name
    assert [len(shown) for shown in found[1:]] == [len(by_name)] * 2 + [len(by_name) - 1]
