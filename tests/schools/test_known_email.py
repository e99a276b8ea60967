"""The address that we have of somebody is offered, masked until it is chosen (spec 05 §20.1)."""

from datetime import date

import pytest

from register_ects.models import OutgoingEmail
from register_ects.rules.emails import masked
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import TRN, answers_for, walk
from tests.schools.mentor_journey import new_mentor, register

pytestmark = pytest.mark.usefixtures("trs")

KNOWN = "zofia.lis@elm.example.com"
MASKED = "Use the address that we have: z•••@elm.example.com"


@pytest.fixture
def before(world):
    """Zofia's earlier time at Elm."""
    return ECTAtSchoolPeriodFactory(
        school=world.elm,
        teacher__trn=TRN,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 7, 20),
        email=KNOWN,
    )


def details_of(world, **changes):
    return {**answers_for(world)["review-ect-details"], **changes}


@pytest.mark.usefixtures("before")
def test_it_is_masked_until_it_is_chosen_and_shown_to_be_checked(world, oak):
    page = walk(oak, answers_for(world), to="review-ect-details")
    assert MASKED in page.text
    assert KNOWN not in str(page)

    chosen = details_of(world, email="", use_known_email="on")
    check = walk(oak, {**answers_for(world), "review-ect-details": chosen}, to="check-answers")

    assert check.summary["Email address"].startswith(KNOWN)


@pytest.mark.usefixtures("before")
def test_another_one_can_be_entered_and_both_are_too_many(world, oak):
    page = walk(oak, answers_for(world), to="review-ect-details")

    both = oak.submit(page, details_of(world, use_known_email="on"))
    neither = oak.submit(page, details_of(world, email=""))
    another = oak.submit(page, details_of(world))

    said = "Enter an email address or tick the box to use the one that we have, not both"
    assert both.errors == {"#email": said}
    assert neither.errors == {"#email": "Enter the email address"}
    assert another.status_code == 302


@pytest.mark.usefixtures("before")
def test_the_known_address_typed_and_ticked_is_one(world, oak):
    page = walk(oak, answers_for(world), to="review-ect-details")

    sent = oak.submit(page, details_of(world, email=KNOWN.upper(), use_known_email="on"))

    assert sent.status_code == 302


def test_nothing_is_offered_of_who_is_new(world, oak):
    page = walk(oak, answers_for(world), to="review-ect-details")

    assert "address that we have" not in page.text
    forged = oak.submit(page, details_of(world, email="", use_known_email="on"))
    assert forged.errors == {"#email": "Enter the email address"}


def test_an_address_that_returns_our_emails_is_not_offered(world, oak, before):
    OutgoingEmail.objects.create(
        template="ect_registered", recipient=KNOWN, receipt="permanent-failure"
    )

    page = walk(oak, answers_for(world), to="review-ect-details")

    assert "address that we have" not in page.text


def test_that_of_a_mentor_is_offered_too(world, oak, asha):
    MentorAtSchoolPeriodFactory(
        school=world.elm,
        teacher__trn=TRN,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 7, 20),
        email=KNOWN,
    )

    page = register(oak, asha, new_mentor(), to="review-mentor-details")

    assert MASKED in page.text


@pytest.mark.parametrize(
    ("address", "shown"),
    [("ann@x.example", "a•••@x.example"), ("a@x.example", "a•••@x.example")],
)
def test_all_but_the_first_letter_and_the_host_is_masked(address, shown):
    assert masked(address) == shown
