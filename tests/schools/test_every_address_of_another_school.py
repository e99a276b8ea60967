"""Every address about somebody, or a list, of a school is unknown at any other."""

import re

import pytest

from register_ects.models import GIASSchool
from register_ects.operations.batches.collecting import start_batch
from register_ects.web import identity
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.registrations import AUTHOR
from tests.schools.several.people import cells
from tests.support.pages import confirm_tutor
from tests.web.test_permissions import PAGES

_PLACE = re.compile(r"<(?:int|uuid):(placement_id|subject_id|batch_id)>")
ABOUT = [route for route in PAGES if route.startswith("school/") and _PLACE.search(route)]


@pytest.fixture
def addresses(world):
    """The addresses of an ECT, a mentor and a list of Oak, without its URN."""
    ect = ECTAtSchoolPeriodFactory(school=world.oak)
    mentor = MentorAtSchoolPeriodFactory(school=world.oak)
    batch = start_batch(world.oak, choices={}, author=AUTHOR, rows=[(1, cells())])

    def address(route):
        subject = mentor if "mentors/" in route else ect
        key = batch.pk if "batch_id" in route else subject.pk
        filled = _PLACE.sub(str(key), route)
        filled = re.sub(r"<int:\w+>", "1", filled)
        return "/" + re.sub(r"<\w+:\w+>", "edit", filled)

    return [address(route) for route in ABOUT]


def statuses(get, post, addresses):
    found = {}
    for address in addresses:
        status = get(address).status_code
        found[address] = post(address).status_code if status == 405 else status
    return {address: status for address, status in found.items() if status != 404}


def test_the_own_school_knows_them(addresses, oak):
    known = [address for address in addresses if oak.get(address).status_code != 404]

    assert len(addresses) > 40
    assert len(known) > len(addresses) / 2  # the others are steps that a record does not have


@pytest.fixture(params=["school", "trust"])
def elm(request, world, sign_in):
    """Somebody at Elm alone, or of the trust that has Elm and not Oak."""
    if request.param == "school":
        return sign_in(world.elm)
    confirm_tutor(world.elm)
    GIASSchool.objects.filter(urn=world.elm.urn).update(trust_code=4422, trust_name="A Trust")
    person = {"name": "Tess", "email": "tess@example.com", "provider": identity.DFE_SIGN_IN}
    return sign_in(identity.school_data(world.elm.urn, trust=4422, **person))


@pytest.mark.parametrize("school", ["elm", "oak"])
def test_another_school_or_trust_does_not_find_them(addresses, world, elm, school):
    urn = getattr(world, school).urn
    theirs = [each.replace("/school/", f"/school/{urn}/", 1) for each in addresses]

    assert elm.client.get(f"/school/{world.elm.urn}/home").status_code == 200
    assert statuses(elm.client.get, elm.client.post, theirs) == {}
