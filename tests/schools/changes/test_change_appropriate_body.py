"""A school changes the appropriate body that it reported of an ECT (spec 05 §6.4, §9, §9.1)."""

import pytest

from register_ects.models import AppropriateBody, ECTAtSchoolPeriod, Event
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
)
from tests.schools.change_journey import ask, change_links, confirm, first_page, rows
from tests.schools.ect_journey import slug_of

WHAT = "appropriate-body"


@pytest.fixture
def hub_b(world):
    return AppropriateBodyFactory(active=True, name="Hub B")


@pytest.fixture
def istip(world):
    return AppropriateBodyFactory(active=True, national=True, name=AppropriateBody.ISTIP)


def ada(school, body):
    return ECTAtSchoolPeriodFactory(
        school=school,
        started_on="2026-09-01",
        school_reported_appropriate_body=body,
        teacher__corrected_name="Ada Okafor",
    )


def body_of(placement):
    placement.refresh_from_db()
    return placement.school_reported_appropriate_body


def offered(page):
    return [option.text for option in page.select("select option") if option["value"]]


def test_a_body_is_changed_once_confirmed(world, oak, hub_b):
    placement = ada(world.oak, world.hub)

    check = ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)})
    assert rows(check) == {"Appropriate body now": "Hub A", "New appropriate body": "Hub B"}
    assert body_of(placement) == world.hub
    done = confirm(oak, check)

    assert body_of(placement) == hub_b
    assert rows(done) == {"Appropriate body before": "Hub A", "Appropriate body now": "Hub B"}
    event = Event.objects.get(event_type="teacher_appropriate_body_changed")
    assert event.metadata == {"appropriate_body": ["Hub A", "Hub B"]}
    assert (event.appropriate_body, event.school) == (hub_b, world.oak)


def test_a_body_that_was_not_reported_is_added(world, oak, hub_b):
    placement = ada(world.oak, None)

    check = ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)})

    assert rows(check)["Appropriate body now"] == "Not reported"
    confirm(oak, check)
    assert body_of(placement) == hub_b


# -- What is on offer --------------------------------------------------------------------------


def test_a_state_school_is_offered_every_active_hub_but_the_one_it_has(world, oak, hub_b, istip):
    AppropriateBodyFactory(name="Hub C")
    AppropriateBodyFactory(active=True, local_authority=True, name="Northmoor Council")

    page = oak.get(first_page(ada(world.oak, world.hub), WHAT))

    assert offered(page) == ["Hub B"]
    assert not page.select("input[type=radio]")
    assert page.h1 == "Which appropriate body will support Ada Okafor’s induction?"
    assert "It is Hub A now." in page.text


def test_an_independent_school_is_offered_istip_and_hubs(world, sign_in, hub_b, istip):
    school = SchoolFactory(section_41=True)
    placement = ada(school, world.hub)
    browser = sign_in(school)

    page = browser.get(first_page(placement, WHAT))
    assert [radio["value"] for radio in page.select("input[type=radio]")] == ["national", "hub"]
    assert offered(page) == ["Hub B"]
    check = ask(browser, placement, WHAT, {"body_kind": "national", "hub": ""})
    confirm(browser, check)

    assert body_of(placement) == istip


def test_istip_is_not_offered_to_a_school_that_has_it(world, sign_in, hub_b, istip):
    school = SchoolFactory(section_41=True)
    placement = ada(school, istip)
    browser = sign_in(school)

    page = browser.get(first_page(placement, WHAT))
    assert not page.select("input[type=radio]")
    assert offered(page) == ["Hub A", "Hub B"]
    confirm(browser, ask(browser, placement, WHAT, {"appropriate_body": str(hub_b.pk)}))

    assert body_of(placement) == hub_b


def test_an_independent_school_that_chooses_no_hub_sees_the_error_at_the_hub(world, sign_in):
    school = SchoolFactory(section_41=True)

    page = ask(sign_in(school), ada(school, None), WHAT, {"body_kind": "hub", "hub": ""})

    assert page.errors == {"#hub": "Select a teaching school hub"}


@pytest.mark.parametrize("traits", [{}, {"active": True, "local_authority": True}])
def test_a_body_that_is_not_on_offer_is_an_error_at_its_field(world, oak, traits):
    other = AppropriateBodyFactory(**traits)

    page = ask(oak, ada(world.oak, world.hub), WHAT, {"appropriate_body": str(other.pk)})

    assert page.status_code == 422
    assert page.errors == {
        "#appropriate_body": "Select the appropriate body that will support the induction"
    }


def test_a_state_school_cannot_choose_istip_by_hand(world, oak, istip):
    for answer in ({"appropriate_body": str(istip.pk)}, {"body_kind": "national", "hub": ""}):
        assert ask(oak, ada(world.oak, world.hub), WHAT, answer).status_code == 422
        ECTAtSchoolPeriod.objects.all().delete()


def test_a_body_that_stops_being_active_meanwhile_is_refused(world, oak, hub_b):
    placement = ada(world.oak, world.hub)
    check = ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)})
    AppropriateBody.objects.filter(pk=hub_b.pk).update(dfe_sign_in_organisation=None)

    refused = oak.submit(check)

    assert list(refused.errors.values()) == [
        "Your choice is no longer available. Change it to continue"
    ]
    assert body_of(placement) == world.hub


# -- While a body has their induction open -----------------------------------------------------


def claimed(placement, **values):
    return InductionPeriodFactory(teacher=placement.teacher, **values)


@pytest.mark.parametrize(
    ("started_on", "told"),
    [
        pytest.param("2026-09-02", "Hub B has opened an induction period", id="here"),
        pytest.param("2026-06-02", "An appropriate body has opened", id="before they came"),
    ],
)
def test_every_page_says_that_a_body_is_responsible(world, oak, hub_b, started_on, told):
    placement = ada(world.oak, world.hub)
    claimed(placement, started_on=started_on, appropriate_body=hub_b)

    page = oak.get(first_page(placement, WHAT))

    assert page.h1 == "You cannot change Ada Okafor’s appropriate body"
    assert told in page.text
    sent = ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)})
    assert (sent.status_code, sent.h1) == (422, page.h1)


def test_an_induction_that_is_opened_meanwhile_stops_the_change(world, oak, hub_b):
    placement = ada(world.oak, world.hub)
    check = ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)})
    claimed(placement, started_on="2026-09-02")

    refused = oak.submit(check)

    assert refused.status_code == 422
    assert "Nothing was saved." in refused.text
    assert body_of(placement) == world.hub


def test_after_a_release_the_body_can_be_changed_again(world, oak, hub_b):
    placement = ada(world.oak, world.hub)
    claimed(placement, started_on="2026-09-01", finished_on="2026-09-05", number_of_terms=0)

    confirm(oak, ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)}))

    assert body_of(placement) == hub_b


def test_the_record_says_why_there_is_no_link(world, oak, hub_b):
    here, before = ada(world.oak, world.hub), ada(world.oak, world.hub)
    claimed(here, started_on="2026-09-02", appropriate_body=hub_b)
    claimed(before, started_on="2026-06-02", appropriate_body=hub_b)
    why_not = "You cannot change the appropriate body, because one has their induction open."

    for placement, told in ((here, "Contact them to change this."), (before, why_not)):
        page = oak.get(f"/school/ects/{placement.pk}")
        assert "appropriate body" not in change_links(page)
        assert told in page.text


def test_the_record_names_the_body_that_has_it_open_where_the_school_reported_the_same(world, oak):
    before = ada(world.oak, world.hub)
    claimed(before, started_on="2026-06-02", appropriate_body=world.hub)

    page = oak.get(f"/school/ects/{before.pk}")

    assert "because Hub A has their induction open. Only that one can let them go." in page.text
    assert "Ask the ECT who that is" not in page.text


def test_a_body_that_changed_meanwhile_is_not_overwritten_unseen(world, oak, hub_b):
    placement = ada(world.oak, None)
    check = ask(oak, placement, WHAT, {"appropriate_body": str(hub_b.pk)})
    ECTAtSchoolPeriod.objects.update(school_reported_appropriate_body=world.hub)

    refused = oak.submit(check)

    assert refused.changes == {"Appropriate body now": ("Not reported", "Hub A")}
    assert slug_of(confirm(oak, refused)) == "confirmation"
    assert body_of(placement) == hub_b
