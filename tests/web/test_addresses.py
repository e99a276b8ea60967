"""Ids in addresses: another organisation's, malformed, too long or deleted, all are not found."""

import uuid

import pytest

from register_ects.models import JourneyDraft
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
    StaffUserFactory,
)
from tests.schools.ect_journey import find

SOMEBODY = {
    "school": SchoolFactory,
    "body": lambda: AppropriateBodyFactory(active=True),
    "staff": lambda: StaffUserFactory(finance=True),
}
ADDRESSES = [
    ("school", "/school/ects/{}"),
    ("school", "/school/ects/{}/mentorship/new"),
    (
        "school",
        f"/school/ects/{{}}/mentorship/{uuid.UUID('d38d87cc-b8c2-464e-a78c-243ba28d94f4')}/check-answers",
    ),
    ("school", "/school/mentors/{}"),
    ("school", "/school/register-mentor/find-mentor?ect_id={}"),
    ("school", "/school/register-ect/{}/find-ect"),
    ("school", "/school/register-mentor/{}/find-mentor"),
    ("body", "/appropriate-body/teachers/{}"),
    ("body", "/appropriate-body/teachers/{}/release/new"),
    ("body", "/appropriate-body/teachers/{}/record-passed-outcome/new"),
    ("body", "/appropriate-body/teachers/{}/record-failed-outcome/confirm"),
    ("body", "/appropriate-body/claim-an-ect/check-ect/{}/edit"),
    ("body", "/appropriate-body/claim-an-ect/register-ect/{}/edit"),
    ("staff", "/finance/statements/{}"),
    ("staff", "/admin/teachers/{}"),
]
IDS = [
    "0",
    "-1",
    "999999999",
    "9" * 40,
    "1.5",
    "x",
    "٣",
    "%00",
    "1%20OR%201=1",
    str(uuid.UUID(int=0)),
    "../../etc",
    "a" * 3000,
]


@pytest.mark.parametrize(("who", "address"), ADDRESSES)
def test_ids_that_name_nothing_are_not_found(sign_in, who, address):
    browser = sign_in(SOMEBODY[who]())

    for identifier in IDS:
        assert browser.get(address.format(identifier)).status_code == 404, identifier
        assert browser.post(address.format(identifier)).status_code in (404, 405), identifier


@pytest.mark.parametrize(
    ("factory", "address"),
    [
        (ECTAtSchoolPeriodFactory, "/school/ects/{}"),
        (ECTAtSchoolPeriodFactory, "/school/ects/{}/mentorship/new"),
        (ECTAtSchoolPeriodFactory, "/school/register-mentor/find-mentor?ect_id={}"),
        (MentorAtSchoolPeriodFactory, "/school/mentors/{}"),
    ],
)
def test_what_another_school_holds_or_what_was_deleted_is_not_found(sign_in, factory, address):
    placement = factory()
    url = address.format(placement.pk)
    own = sign_in(placement.school)
    assert own.get(url).status_code == 200

    assert sign_in(SchoolFactory()).get(url).status_code == 404
    placement.delete()
    assert own.get(url).status_code == 404


@pytest.mark.parametrize("ending", ["expired", "deleted", "of another school"])
@pytest.mark.parametrize(
    ("start", "slug"),
    [
        ("/school/register-ect/find-ect", "find-ect"),
        ("/school/register-mentor/find-mentor?ect_id={}", "find-mentor"),
    ],
)
def test_a_draft_that_is_gone_explains_and_saves_nothing(sign_in, on, trs, start, slug, ending):
    placement = ECTAtSchoolPeriodFactory()
    browser = sign_in(placement.school)
    found = browser.post(start.format(placement.pk), find("7000002")).location
    address = found.replace("trn-not-found", slug)
    assert browser.get(address).status_code == 200
    if ending == "expired":
        JourneyDraft.objects.update(expires_at="2026-01-01T00:00:00Z")
    elif ending == "deleted":
        JourneyDraft.objects.all().delete()
    else:
        browser = sign_in(SchoolFactory())

    for page in (browser.get(address), browser.post(address, {"trn": "4000006"})):
        assert page.status_code == 404
        assert page.h1


def test_a_draft_whose_ect_was_deleted_is_not_found(sign_in, trs):
    placement = ECTAtSchoolPeriodFactory()
    browser = sign_in(placement.school)
    start = f"/school/register-mentor/find-mentor?ect_id={placement.pk}"
    address = browser.post(start, find("7000002")).location
    placement.delete()

    assert browser.get(address).status_code == 404
    assert browser.post(address, {"trn": "4000006"}).status_code == 404
