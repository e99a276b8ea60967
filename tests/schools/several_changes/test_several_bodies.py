"""Several ECTs get another appropriate body (spec 05 §6.4, §9, §20.3)."""

import pytest

from register_ects.models import Event
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    RegistrationClosureFactory,
)
from tests.schools.change_journey import confirm
from tests.schools.several_changes.several import check, first_page, offered, results

DEED = "change-appropriate-body"


@pytest.fixture
def hub_b(world):
    return AppropriateBodyFactory(active=True, name="Hub B")


@pytest.fixture
def ects(world):
    """Ada, of whom Hub A is reported, and Bea, of whom no body is."""
    return [
        ECTAtSchoolPeriodFactory(
            school=world.oak,
            started_on="2026-09-01",
            school_reported_appropriate_body=body,
            teacher__corrected_name=name,
        )
        for name, body in (("Ada Okafor", world.hub), ("Bea Lund", None))
    ]


def body_of(ect):
    ect.refresh_from_db()
    return ect.school_reported_appropriate_body


def test_each_ect_has_the_body_once_it_is_confirmed(oak, hub_b, ects):
    page = check(oak, DEED, ects, {"body": hub_b.pk})
    assert page.summary["Ada Okafor"].startswith("From Hub A to Hub B.")
    assert page.summary["Bea Lund"].startswith("Hub B, the first reported.")

    done = confirm(oak, page)

    assert done.h1 == "You’ve changed the appropriate body of 2 ECTs"
    assert [body_of(ect) for ect in ects] == [hub_b, hub_b]


def test_who_has_the_body_already_is_left_as_is(world, oak, hub_b, ects):
    done = confirm(oak, check(oak, DEED, ects, {"body": world.hub.pk}))

    assert done.h1 == "You’ve changed the appropriate body of 1 ECT"
    assert results(done)["Ada Okafor"] == (
        "Not done",
        "They have this appropriate body already.",
    )
    assert body_of(ects[1]) == world.hub


def test_nothing_can_be_confirmed_when_nothing_would_be_done(world, oak, ects):
    page = check(oak, DEED, ects[:1], {"body": world.hub.pk})

    assert "Nothing can be done for any of these ECTs." in page.text
    assert page.select("main button") == []
    assert oak.submit(page).status_code == 422
    assert not Event.objects.exists()


def test_who_has_an_open_induction_is_not_on_offer(oak, ects):
    InductionPeriodFactory(teacher=ects[0].teacher, started_on="2026-09-01")

    page = oak.get(first_page(DEED))

    assert offered(page) == ["Bea Lund"]
    assert "Ada Okafor: An appropriate body has their induction open" in page.text


def test_bodies_can_be_changed_while_registration_is_closed(oak, ects):
    RegistrationClosureFactory(starts_on="2026-09-01", ends_on="2026-09-30")

    assert oak.get(first_page(DEED)).status_code == 200
